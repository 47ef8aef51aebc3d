//! A static file server for `dist/`, for looking at the build and for the browser tests. It does nothing that a plain
//! static host does not do, and it can put the files under a folder, as such hosts often do.

use anyhow::{Result, anyhow};
use std::{
    fs::File,
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread,
};
use tiny_http::{Header, Method, Request, Response, Server};

/// Requests answered at the same time; a browser opens six connections to one host.
const THREADS: usize = 6;

pub(crate) struct Site {
    server: Arc<Server>,
    folder: PathBuf,
    prefix: String,
}

impl Site {
    /// Opens `port` on this machine only. `prefix` is the folder under which the files appear, `/` or `/a/b/`.
    pub(crate) fn open(folder: PathBuf, prefix: &str, port: u16) -> Result<Self> {
        let prefix = format!("/{}/", prefix.trim_matches('/')).replace("//", "/");
        let server = Server::http(("127.0.0.1", port))
            .map_err(|error| anyhow!("port {port} cannot be opened: {error}; choose another with --port"))?;
        Ok(Self { server: Arc::new(server), folder, prefix })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}{}", self.server.server_addr(), self.prefix)
    }

    /// Answers until the process is stopped.
    pub(crate) fn serve(&self) {
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for request in self.server.incoming_requests() {
                        self.answer(request);
                    }
                });
            }
        });
    }

    fn answer(&self, request: Request) {
        let place = place(request.url(), &self.prefix);
        let sent = match (request.method(), place) {
            (Method::Get | Method::Head, Place::File(relative)) => match File::open(self.folder.join(&relative)) {
                Ok(file) => request.respond(with_headers(Response::from_file(file), media_type(&relative))),
                Err(_) => request.respond(message(404, "not found")),
            },
            (Method::Get | Method::Head, Place::Redirect(to)) => {
                request.respond(message(308, "moved").with_header(header("Location", &to)))
            }
            (Method::Get | Method::Head, Place::Nowhere) => request.respond(message(404, "not found")),
            _ => request.respond(message(405, "only GET and HEAD")),
        };
        if let Err(error) = sent {
            // The browser went away; a reload does that. Nothing is lost, but a broken test wants to know.
            eprintln!("an answer could not be sent: {error}");
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Redirect(String),
    Nowhere,
}

/// Where an address leads. Names outside the folder lead nowhere, and so do percent signs: no file of ours has one.
fn place(url: &str, prefix: &str) -> Place {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if format!("{path}/") == prefix {
        return Place::Redirect(prefix.to_owned());
    }
    let Some(relative) = path.strip_prefix(prefix).filter(|relative| !relative.contains(['%', '\\', ':'])) else {
        return Place::Nowhere;
    };
    let relative = if relative.is_empty() { "index.html" } else { relative };
    let is_inside = Path::new(relative).components().all(|part| matches!(part, Component::Normal(_)));
    if is_inside { Place::File(relative.into()) } else { Place::Nowhere }
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn with_headers<Body: std::io::Read>(response: Response<Body>, media_type: &str) -> Response<Body> {
    response
        .with_header(header("Content-Type", media_type))
        // A rebuilt file must be seen on the next reload.
        .with_header(header("Cache-Control", "no-cache"))
        .with_header(header("X-Content-Type-Options", "nosniff"))
}

fn message(status: u16, text: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    with_headers(Response::from_string(text), "text/plain; charset=utf-8").with_status_code(status)
}

#[allow(clippy::expect_used, reason = "every name and value is ASCII text of ours")]
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header names and values of ours are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_under_the_prefix_only() {
        assert_eq!(place("/a/b/worker.js?v=1", "/a/b/"), Place::File("worker.js".into()));
        assert_eq!(place("/a/b/", "/a/b/"), Place::File("index.html".into()));
        assert_eq!(place("/a/b", "/a/b/"), Place::Redirect("/a/b/".into()));
        assert_eq!(place("/worker.js", "/a/b/"), Place::Nowhere);
        assert_eq!(place("/", "/"), Place::File("index.html".into()));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        for url in ["/../Cargo.toml", "/a/../../Cargo.toml", "//etc/passwd", "/%2e%2e/Cargo.toml", "/..\\Cargo.toml"] {
            assert_eq!(place(url, "/"), Place::Nowhere, "{url}");
        }
    }
}
