//! Where a published site checks itself (public/check.html).

/// The address of the check of a site, from whatever its owner copied of its address; `None` when that is no address of a site.
pub fn check_address(site: &str) -> Option<String> {
    let page = site.trim().split(['?', '#']).next()?;
    let (scheme, rest) = page.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if !is_web || host.is_empty() || page.contains(char::is_whitespace) {
        return None;
    }
    // A page may be named by its file.
    let folder = match path.rsplit_once('/').unwrap_or(("", path)) {
        (above, last) if last.to_ascii_lowercase().ends_with(".html") => above,
        _ => path.trim_end_matches('/'),
    };
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    Some(format!("{scheme}://{host}/{folder}check.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_lies_beside_the_page() {
        for (site, check) in [
            ("https://site.example", "https://site.example/check.html"),
            (" https://site.example/a/b/ ", "https://site.example/a/b/check.html"),
            ("https://site.example/a/b", "https://site.example/a/b/check.html"),
            ("https://site.example/a/index.html?embed=1#view=flow", "https://site.example/a/check.html"),
            ("http://localhost:8000/#v=1", "http://localhost:8000/check.html"),
            ("HTTPS://site.example/index.html", "HTTPS://site.example/check.html"),
        ] {
            assert_eq!(check_address(site).as_deref(), Some(check), "{site}");
        }
        for other in
            ["", "site.example", "/srv/site", "javascript:alert(1)", "https://", "file:///srv/a.html", "https://a b/"]
        {
            assert_eq!(check_address(other), None, "{other}");
        }
    }
}
