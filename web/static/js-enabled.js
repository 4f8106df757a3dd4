// Tells GOV.UK Frontend's style that scripts run. A file, because the page's policy allows no script within it.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
