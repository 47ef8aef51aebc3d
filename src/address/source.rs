//! Whether data of an address may be fetched: from the own origin at once, from an origin that the site is set up for or the
//! user agrees to, from anywhere else never.

/// A `src` as the browser resolves it against the page's address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResolvedAddress {
    /// The whole address.
    pub href: String,
    /// `https:`, with the colon.
    pub protocol: String,
    /// User name and password in it; a host that hides behind them is refused.
    pub credentials: String,
    /// Host and port.
    pub host: String,
    /// `https://host:port`.
    pub origin: String,
}

/// What may be done with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceVerdict {
    /// Fetch it: it is the page's own origin, or one that the site is set up for.
    Fetch(String),
    /// Ask the user first, naming the host; fetch nothing before.
    Ask {
        /// The address.
        address: String,
        /// Its host, as written by the browser: look-alike letters show as `xn--`.
        host: String,
    },
    /// Never fetch it; why, with the next step.
    Refuse(String),
}

/// Judges a source. `own_origin` is the page's; `allowed` are the origins that the site is set up for.
pub fn judge_source(source: Option<ResolvedAddress>, own_origin: &str, allowed: &[String]) -> SourceVerdict {
    let Some(source) = source else {
        return SourceVerdict::Refuse("The address of the data is none. Ask whoever gave you the link.".to_owned());
    };
    if !source.credentials.is_empty() {
        return SourceVerdict::Refuse(format!(
            "The address of the data holds a user name, behind which its host ({}) is easily overlooked. Ask for a link without it.",
            source.host
        ));
    }
    if source.origin == own_origin && ["http:", "https:"].contains(&source.protocol.as_str()) {
        return SourceVerdict::Fetch(source.href);
    }
    if source.protocol != "https:" {
        return SourceVerdict::Refuse(format!(
            "Data of another host is fetched by https only, not by \"{}\". Ask for a link that begins with https://.",
            source.protocol
        ));
    }
    if allowed.contains(&source.origin) {
        return SourceVerdict::Fetch(source.href);
    }
    SourceVerdict::Ask { address: source.href, host: source.host }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://site.example";

    fn resolved(source: &str) -> Option<ResolvedAddress> {
        let url = url::Url::parse("https://site.example/app/?src=x").unwrap().join(source).ok()?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (host, _) => host.unwrap_or_default().to_owned(),
        };
        Some(ResolvedAddress {
            href: url.to_string(),
            protocol: format!("{}:", url.scheme()),
            credentials: format!("{}{}", url.username(), url.password().unwrap_or_default()),
            host,
            origin: url.origin().ascii_serialization(),
        })
    }

    #[test]
    fn each_kind_of_address_gets_its_verdict() {
        let table = [
            ("data/workspace.json", "fetch"),
            ("./data/workspace.json", "fetch"),
            ("../other/workspace.json", "fetch"),
            ("/data.json", "fetch"),
            ("https://site.example/x.json", "fetch"),
            ("https://SITE.example:443/x.json", "fetch"),
            ("https://allowed.example/x.json", "fetch"),
            ("https://allowed.example:8443/x.json", "ask allowed.example:8443"),
            ("https://other.example/x.json", "ask other.example"),
            ("//other.example/x.json", "ask other.example"),
            ("\\\\other.example\\x.json", "ask other.example"),
            ("/\\other.example/x.json", "ask other.example"),
            ("https://site.example.other.example/x", "ask site.example.other.example"),
            ("https://sité.example/x", "ask xn--sit-dma.example"),
            ("https://192.168.0.1/x", "ask 192.168.0.1"),
            ("https://good.example@evil.example/x", "refuse"),
            ("https://a:b@site.example/x", "refuse"),
            ("http://site.example/x.json", "refuse"),
            ("http://other.example/x.json", "refuse"),
            ("javascript:alert(1)", "refuse"),
            ("data:application/json,{}", "refuse"),
            ("blob:https://site.example/1", "refuse"),
            ("file:///etc/passwd", "refuse"),
            ("ftp://other.example/x", "refuse"),
            ("ws://other.example/x", "refuse"),
            ("https://", "refuse"),
            ("https://[::1", "refuse"),
        ];
        for (source, expected) in table {
            let verdict = judge_source(resolved(source), OWN, &["https://allowed.example".to_owned()]);
            let told = match verdict {
                SourceVerdict::Fetch(_) => "fetch".to_owned(),
                SourceVerdict::Ask { host, .. } => format!("ask {host}"),
                SourceVerdict::Refuse(why) => {
                    assert!(why.contains("Ask"), "{why}");
                    "refuse".to_owned()
                }
            };
            assert_eq!(told, expected, "{source}");
        }
    }
}
