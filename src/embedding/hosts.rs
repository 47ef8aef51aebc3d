//! What is pasted into which host, with the steps, the height, and what leaves this computer.

use serde::{Deserialize, Serialize};

/// A text to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// What it is.
    pub label: String,
    /// The text.
    pub text: String,
}

/// One kind of host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostSheet {
    /// Stable name.
    pub id: String,
    /// On its tab.
    pub title: String,
    /// What leaves this computer when it is used.
    pub leaves: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What to copy.
    pub snippets: Vec<Snippet>,
    /// True when the host shows the app itself in a frame: then it can be looked at before.
    pub frames: bool,
}

/// What the texts are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embeddable {
    /// The same in a tab of its own.
    pub link: String,
    /// The same in a frame.
    pub frame_link: String,
    /// Address of the app, ending in `/`.
    pub app: String,
    /// Origin of the app.
    pub origin: String,
    /// Title of the chart or view.
    pub title: String,
    /// Id of the chart or view.
    pub id: String,
    /// Height of the frame, CSS pixels.
    pub height: u32,
}

const IN_A_FRAME: &str = "Whoever opens the page loads the app and the published data from where they are published. Nothing is sent from this computer.";

/// One sheet for each kind of host.
pub fn host_sheets(what: &Embeddable) -> Vec<HostSheet> {
    vec![link(what), confluence_cloud(what), confluence_data_center(what), html(what), markdown(what)]
}

fn link(what: &Embeddable) -> HostSheet {
    HostSheet {
        id: "link".to_owned(),
        title: "Link".to_owned(),
        leaves: "The link holds the view, the filters and the settings; never data. What follows # in it is not even sent to the host.".to_owned(),
        steps: vec![
            "Copy the link and send it.".to_owned(),
            "Whoever opens it sees this view of the published data or, where nothing is published, of data of their own.".to_owned(),
        ],
        snippets: vec![Snippet { label: "Link".to_owned(), text: what.link.clone() }],
        frames: false,
    }
}

fn confluence_cloud(what: &Embeddable) -> HostSheet {
    let Embeddable { frame_link, height, .. } = what;
    let storage = format!(
        r#"<ac:structured-macro ac:name="iframe" ac:schema-version="1" data-layout="default"><ac:parameter ac:name="src"><ri:url ri:value="{}"/></ac:parameter><ac:parameter ac:name="width">100%</ac:parameter><ac:parameter ac:name="frameborder">hide</ac:parameter><ac:parameter ac:name="scrolling">no</ac:parameter><ac:parameter ac:name="height">{height}</ac:parameter></ac:structured-macro>"#,
        escaped(frame_link)
    );
    HostSheet {
        id: "confluence-cloud".to_owned(),
        title: "Confluence Cloud".to_owned(),
        leaves: IN_A_FRAME.to_owned(),
        steps: vec![
            "Edit the page, type /iframe and choose the Iframe macro.".to_owned(),
            "Paste the address into its URL field.".to_owned(),
            format!("Set the width to 100%, the height to {height}, the border to hidden and scrolling to off."),
            "Publish the page. The macro has a fixed height: the content fits itself to it.".to_owned(),
        ],
        snippets: vec![
            Snippet { label: "Address for the Iframe macro".to_owned(), text: frame_link.clone() },
            Snippet { label: "The same in storage format, for pages that a script writes".to_owned(), text: storage },
        ],
        frames: true,
    }
}

fn confluence_data_center(what: &Embeddable) -> HostSheet {
    HostSheet {
        id: "confluence-data-center".to_owned(),
        title: "Confluence Data Center".to_owned(),
        leaves: IN_A_FRAME.to_owned(),
        steps: vec![
            "An administrator opens General configuration, User macros, Create, and names the macro throughline.".to_owned(),
            "Macro body processing: No macro body. The first text below is its template.".to_owned(),
            "On a page, insert the macro and paste the address into it. Height and colours follow the page.".to_owned(),
            "Where the HTML macro is switched on, the last text does the same without an administrator, at a fixed height."
                .to_owned(),
        ],
        snippets: vec![
            Snippet { label: "Template of the user macro".to_owned(), text: user_macro(what) },
            Snippet { label: "Address for the macro".to_owned(), text: what.frame_link.clone() },
            Snippet { label: "For the HTML macro".to_owned(), text: iframe(what) },
        ],
        frames: true,
    }
}

fn html(what: &Embeddable) -> HostSheet {
    let helper = format!(
        "<div data-throughline-src=\"{}\" data-throughline-title=\"{}\" data-throughline-height=\"{}\"></div>\n<script src=\"{}embed.js\" defer></script>",
        escaped(&what.frame_link),
        escaped(&what.title),
        what.height,
        escaped(&what.app),
    );
    HostSheet {
        id: "html".to_owned(),
        title: "Web page".to_owned(),
        leaves: IN_A_FRAME.to_owned(),
        steps: vec![
            "Paste one of the texts into the source of the page.".to_owned(),
            "With embed.js the height follows the content; the plain frame keeps its height, and the content fits itself to it."
                .to_owned(),
        ],
        snippets: vec![
            Snippet { label: "A frame".to_owned(), text: iframe(what) },
            Snippet { label: "With embed.js".to_owned(), text: helper },
        ],
        frames: true,
    }
}

fn markdown(what: &Embeddable) -> HostSheet {
    HostSheet {
        id: "markdown".to_owned(),
        title: "Markdown".to_owned(),
        leaves: "The picture shows the published numbers to whoever can see it. Nothing is sent from this computer.".to_owned(),
        steps: vec![
            "For hosts without frames (a README, a wiki): let the job that publishes the data write the pictures beside it, into img/."
                .to_owned(),
            "Paste the text. The picture leads to the chart.".to_owned(),
        ],
        snippets: vec![Snippet {
            label: "Picture with a link".to_owned(),
            text: format!("[![{}]({}img/{}.svg)]({})", what.title.replace(['[', ']'], ""), what.app, what.id, what.link),
        }],
        frames: false,
    }
}

fn iframe(what: &Embeddable) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" referrerpolicy=\"no-referrer\" allow=\"clipboard-write; fullscreen\" style=\"border: 0\"></iframe>",
        escaped(&what.frame_link),
        escaped(&what.title),
        what.height
    )
}

/// The template names the app once: an address of another place is not framed by it, whoever writes it into the macro.
fn user_macro(what: &Embeddable) -> String {
    USER_MACRO
        .replace("{app}", &what.app)
        .replace("{origin}", &what.origin)
        .replace("{height}", &what.height.to_string())
}

const USER_MACRO: &str = r#"## Throughline: a chart or board in a page, as high as its content, in the colours of the page
## Macro title: Throughline
## Macro has a body: N
## Output: HTML
## @param Address:title=Address of the chart|type=string|required=true
<div class="throughline-frame" data-address="$generalUtil.htmlEncode($paramAddress)"></div>
<script>
(function () {
  var place = document.currentScript.previousElementSibling;
  var address = place.getAttribute("data-address");
  if (address.indexOf("{app}") !== 0) {
    place.textContent = "This macro shows charts of {app} only.";
    return;
  }
  var frame = document.createElement("iframe");
  frame.src = address;
  frame.title = "Throughline";
  frame.setAttribute("allow", "clipboard-write; fullscreen");
  frame.setAttribute("referrerpolicy", "no-referrer");
  frame.style.cssText = "width: 100%; height: {height}px; border: 0";
  function tell() {
    var mode = document.documentElement.getAttribute("data-color-mode");
    frame.contentWindow.postMessage({ confluenceColorMode: mode === "dark" ? "dark" : "light" }, "{origin}");
  }
  frame.addEventListener("load", tell);
  new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter: ["data-color-mode"] });
  window.addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || event.origin !== "{origin}" || !event.data) return;
    var height = event.data.confluenceFrameHeight;
    if (typeof height === "number" && height > 0) frame.style.height = Math.min(height, 10000) + "px";
  });
  place.appendChild(frame);
})();
</script>
"#;

/// Text for an attribute of HTML or XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(title: &str) -> Vec<HostSheet> {
        host_sheets(&Embeddable {
            link: "https://site.example/app/#v=1&chart=burnup".to_owned(),
            frame_link: "https://site.example/app/?v=1&chart=burnup&embed=1&h=420".to_owned(),
            app: "https://site.example/app/".to_owned(),
            origin: "https://site.example".to_owned(),
            title: title.to_owned(),
            id: "burnup".to_owned(),
            height: 420,
        })
    }

    #[test]
    fn every_host_has_its_steps_and_says_what_leaves() {
        for sheet in sheets("Burn-up") {
            assert!(sheet.steps.len() >= 2 && !sheet.snippets.is_empty() && !sheet.leaves.is_empty(), "{}", sheet.id);
            assert!(
                sheet.snippets.iter().all(|snippet| snippet.text.contains("site.example/app/")),
                "{} names the app",
                sheet.id
            );
        }
    }

    #[test]
    fn the_height_is_the_same_wherever_it_is_named() {
        let cloud = &sheets("Burn-up")[1];
        assert!(cloud.snippets[0].text.contains("h=420"));
        assert!(cloud.snippets[1].text.contains("<ac:parameter ac:name=\"height\">420</ac:parameter>"));
        assert!(cloud.steps.iter().any(|step| step.contains("420")));
    }

    #[test]
    fn texts_cannot_leave_their_place() {
        for sheet in sheets("\"><script>alert(1)</script>](x)") {
            for Snippet { label, text } in &sheet.snippets {
                if sheet.id != "markdown" {
                    assert!(!text.contains("<script>alert"), "{label}: {text}");
                }
                // An unescaped & in an attribute of XML makes the whole page of the host unreadable.
                assert!(!text.contains("<ac:") || !text.contains("&embed"), "{label}");
            }
        }
    }

    #[test]
    fn the_user_macro_frames_the_app_alone() {
        let template = &sheets("x")[2].snippets[0].text;
        assert!(template.contains("indexOf(\"https://site.example/app/\") !== 0"));
        assert!(template.contains("event.origin !== \"https://site.example\""));
        assert!(!template.contains("{app}") && !template.contains("{origin}") && !template.contains("{height}"));
    }
}
