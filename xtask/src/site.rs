//! A static file server for `dist/`, for looking at the build and for the browser tests. It does nothing that a plain
//! static host does not do, and it can put the files under a folder, as such hosts often do.

use anyhow::{Context, Result};
use axum::{
    Router,
    http::{HeaderValue, header},
};
use std::{net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, runtime::Runtime};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

pub(crate) struct Site {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    files: Router,
    prefix: String,
}

impl Site {
    /// Opens `port` on this machine only; 0 is any free one. `prefix` is the folder under which the files appear, `/` or `/a/b/`.
    pub(crate) fn open(folder: PathBuf, prefix: &str, port: u16) -> Result<Self> {
        let runtime = Runtime::new().context("the server cannot be started")?;
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", port)))
            .with_context(|| format!("port {port} cannot be opened; choose another with --port"))?;
        let address = listener.local_addr()?;
        let prefix = format!("/{}/", prefix.trim_matches('/')).replace("//", "/");
        Ok(Self { runtime, listener, address, files: files(folder, &prefix), prefix })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }

    /// Answers until the process is stopped.
    pub(crate) fn serve(self) -> Result<()> {
        Ok(self.runtime.block_on(axum::serve(self.listener, self.files).into_future())?)
    }
}

fn files(folder: PathBuf, prefix: &str) -> Router {
    let folder = ServeDir::new(folder);
    let site = match prefix {
        "/" => Router::new().fallback_service(folder),
        _ => Router::new().nest_service(prefix, folder),
    };
    site
        // A rebuilt file must be seen on the next reload.
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-cache")))
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs,
        io::{Read, Write},
        net::TcpStream,
        thread,
        time::Duration,
    };

    /// A site with an index.html and a worker.js, and a file beside its folder that is nobody's business.
    fn site(name: &str, prefix: &str) -> SocketAddr {
        let folder = std::env::temp_dir().join(format!("throughline-site-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("dist")).unwrap();
        for (file, text) in [("dist/index.html", "<p>page"), ("dist/worker.js", "work()"), ("secret.txt", "secret")] {
            fs::write(folder.join(file), text).unwrap();
        }
        let site = Site::open(folder.join("dist"), prefix, 0).unwrap();
        let address = site.address;
        thread::spawn(|| site.serve());
        address
    }

    fn ask(stream: &mut TcpStream, path: &str) -> String {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        // Head and body come in one piece or in two.
        while !is_whole(&answer) {
            let length = stream.read(&mut part).expect("an answer in time");
            assert_ne!(length, 0, "closed after {:?}", String::from_utf8_lossy(&answer));
            answer.extend_from_slice(&part[..length]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn is_whole(answer: &[u8]) -> bool {
        let text = String::from_utf8_lossy(answer).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        length.is_none_or(|length| body.len() >= length.parse().unwrap())
    }

    fn get(address: SocketAddr, path: &str) -> String {
        ask(&mut TcpStream::connect(address).unwrap(), path)
    }

    #[test]
    fn files_are_found_under_the_prefix_only() {
        let address = site("prefix", "/a/b/");
        assert!(get(address, "/a/b/").contains("<p>page"));
        assert!(get(address, "/a/b/worker.js?v=1").contains("text/javascript"));
        assert!(get(address, "/worker.js").starts_with("HTTP/1.1 404"));
        assert!(get(site("root", "/"), "/").contains("<p>page"));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let address = site("outside", "/");
        for path in ["/../secret.txt", "/a/../../secret.txt", "//secret.txt", "/%2e%2e/secret.txt", "/..\\secret.txt"] {
            let answer = get(address, path);
            assert!(!answer.starts_with("HTTP/1.1 200") && !answer.contains("secret\n"), "{path}: {answer}");
        }
    }

    #[test]
    fn a_burst_of_connections_that_stay_open_is_answered() {
        let address = site("burst", "/");
        let mut open: Vec<TcpStream> = (0..64).map(|_| TcpStream::connect(address).unwrap()).collect();
        for stream in &mut open {
            assert!(ask(stream, "/").contains("<p>page"));
        }
    }
}
