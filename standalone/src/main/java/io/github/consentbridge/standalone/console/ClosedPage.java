package io.github.consentbridge.standalone.console;

import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.Map;

/** What a browser without a session sees. */
final class ClosedPage {
    private ClosedPage() {}

    /** 401: nobody has opened the console in this browser. */
    static WebhookReply notOpened() {
        return page(
                401,
                "The console is not open in this browser",
                "Use the address that <code>./bridge console</code> printed. If it has been used already, or the session"
                        + " has ended, start <code>./bridge console</code> again.");
    }

    /** 404: a one-time address that was never given. */
    static WebhookReply unknown() {
        return page(
                404,
                "This is not the address of the console",
                "Copy the whole address that <code>./bridge console</code> printed.");
    }

    /** 410: the one-time address was used, or not in time. */
    static WebhookReply over() {
        return page(
                410,
                "This address has been used or has expired",
                "It opens the console once, within five minutes. Start <code>./bridge console</code> again.");
    }

    private static WebhookReply page(int status, String title, String text) {
        return new WebhookReply(
                status,
                Map.of("content-type", "text/html; charset=utf-8"),
                "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width, initial-scale=1\"><title>" + title
                        + "</title></head>\n<body><main><h1>" + title + "</h1><p>" + text
                        + "</p></main></body>\n</html>\n");
    }
}
