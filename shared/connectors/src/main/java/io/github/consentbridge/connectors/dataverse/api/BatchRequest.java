package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A multipart {@code $batch} body. Every line ends in CRLF. The operations are outside change sets, so each succeeds or
 * fails by itself.
 *
 * @see <a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api">
 *     Batch operations</a>
 */
public final class BatchRequest {
    public static final int MAX_WRITES = 100;
    /** Marks our own writes in {@code SharedVariables} of the webhook deliveries that they cause. */
    private static final String TAG = "?tag=consent-bridge";

    /** The form of {@code If-Match}; {@code *} is excluded, because it is not a condition on the row's state. */
    private static final Pattern ETAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]*\"");

    private static final String CRLF = "\r\n";

    private final String boundary;
    private final StringBuilder text = new StringBuilder(4096);

    BatchRequest(String boundary) {
        this.boundary = boundary;
    }

    public static void requireEtag(String etag) {
        if (!ETAG.matcher(etag).matches()) {
            throw new IllegalArgumentException("the condition is not an ETag");
        }
    }

    public static BatchRequest ofWrites(String boundary, List<ContactWrite> writes) {
        BatchRequest batch = new BatchRequest(boundary);
        writes.forEach(batch::add);
        return batch;
    }

    public static BatchRequest ofReads(String boundary, List<String> paths) {
        BatchRequest batch = new BatchRequest(boundary);
        for (String path : paths) {
            batch.startPart("GET " + DataverseEnvironment.API + path);
            // One blank line ends the headers, and the last line break before a boundary belongs to the boundary.
            batch.line("Accept: application/json").line("").line("");
        }
        return batch;
    }

    String contentType() {
        return "multipart/mixed; boundary=\"" + boundary + "\"";
    }

    byte[] bytes() {
        return (text + "--" + boundary + "--" + CRLF).getBytes(StandardCharsets.US_ASCII);
    }

    private void add(ContactWrite write) {
        if (write instanceof ContactWrite.Update update) {
            startPart("PATCH " + DataverseEnvironment.API + "/contacts(" + update.id() + ")" + TAG);
            body("If-Match: " + update.etag(), DataverseJson.columns(update.changes()));
        } else if (write instanceof ContactWrite.Create create) {
            startPart("POST " + DataverseEnvironment.API + "/contacts" + TAG);
            body("", DataverseJson.columns(ContactColumns.withId(create.id(), create.values())));
        }
    }

    private void startPart(String request) {
        line("--" + boundary)
                .line("Content-Type: application/http")
                .line("Content-Transfer-Encoding: binary")
                .line("")
                .line(request + " HTTP/1.1");
    }

    private void body(String condition, String json) {
        line("Content-Type: application/json; type=entry").line("Content-Length: " + json.length());
        if (!condition.isEmpty()) {
            line(condition);
        }
        line("").line(json);
    }

    private BatchRequest line(String content) {
        text.append(content).append(CRLF);
        return this;
    }
}
