package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the multipart body of a {@code $batch}: CRLF line ends, a blank line after each block of headers, every part an
 * {@code application/http} request or a change set of them.
 */
public final class BatchRequest {
    private static final int MAX_PARTS = 1000;
    private static final int MAX_URL = 65_536;
    private static final Pattern MULTIPART =
            Pattern.compile("multipart/mixed\\s*;\\s*boundary=\"?([^\" ;]{1,70})\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.1");

    /** One request, or the requests of one change set. */
    record Item(List<Call> calls, boolean isChangeSet) {}

    private final String webApi;
    private int parts;

    private BatchRequest(String webApi) {
        this.webApi = webApi;
    }

    /** @param webApi the base of relative request targets */
    static List<Item> parse(Call call, String webApi) {
        String boundary = boundary(call.header("Content-Type").orElse(""))
                .orElseThrow(() -> malformed("The content type of a batch must be multipart/mixed with a boundary."));
        BatchRequest batch = new BatchRequest(webApi);
        List<Item> items = new ArrayList<>();
        for (String part : parts(call.bodyText(), boundary)) {
            items.add(batch.item(part));
        }
        return items;
    }

    private Item item(String part) {
        Block block = block(part);
        Optional<String> changeSet = boundary(block.headers().getOrDefault("Content-Type", ""));
        if (changeSet.isEmpty()) {
            return new Item(List.of(request(block, false)), false);
        }
        List<Call> calls = new ArrayList<>();
        for (String inner : parts(block.rest(), changeSet.get())) {
            calls.add(request(block(inner), true));
        }
        return new Item(calls, true);
    }

    private Call request(Block part, boolean inChangeSet) {
        if (++parts > MAX_PARTS) {
            throw malformed("The maximum number of operations in a batch, " + MAX_PARTS + ", was exceeded.");
        }
        Map<String, String> headers = part.headers();
        if (!headers.getOrDefault("Content-Type", "").toLowerCase(Locale.ROOT).startsWith("application/http")
                || !headers.getOrDefault("Content-Transfer-Encoding", "").equalsIgnoreCase("binary")) {
            throw malformed("A part must have Content-Type application/http and Content-Transfer-Encoding binary.");
        }
        int lineEnd = part.rest().indexOf("\r\n");
        Matcher line =
                REQUEST_LINE.matcher(lineEnd < 0 ? part.rest() : part.rest().substring(0, lineEnd));
        if (lineEnd < 0 || !line.matches()) {
            throw malformed("A request line must be followed by CRLF and read METHOD url HTTP/1.1.");
        }
        if (inChangeSet && line.group(1).equals("GET")) {
            throw malformed("A change set must not contain GET requests.");
        } else if (inChangeSet && !headers.containsKey("Content-ID")) {
            throw malformed("A request in a change set needs a Content-ID.");
        }
        Block request = block(part.rest().substring(lineEnd + 2));
        String target = target(line.group(2));
        checkLength(request, target);
        return new Call(line.group(1), target, request.headers(), request.rest().getBytes(StandardCharsets.UTF_8));
    }

    private String target(String url) {
        String path = url.replaceFirst("^https?://[^/]+", "");
        String absolute = path.startsWith("/") ? path : webApi.replaceFirst("^https?://[^/]+", "") + path;
        if (url.length() > MAX_URL) {
            throw malformed("The URL is longer than " + MAX_URL + " characters.");
        } else if (absolute.contains("/$batch")) {
            throw malformed("A batch must not contain a batch.");
        }
        return absolute;
    }

    private static void checkLength(Block request, String target) {
        String length = request.headers().get("Content-Length");
        int actual = request.rest().getBytes(StandardCharsets.UTF_8).length;
        if (length != null && !length.equals(Integer.toString(actual))) {
            throw malformed("Content-Length of " + target + " says " + length + ", the body has " + actual + " bytes.");
        }
    }

    private static List<String> parts(String body, String boundary) {
        String delimiter = "\r\n--" + boundary;
        // No line precedes the first delimiter.
        String[] pieces = ("\r\n" + body).split(Pattern.quote(delimiter), -1);
        if (pieces.length < 3 || !pieces[0].isBlank()) {
            throw malformed("The batch has no part with boundary " + boundary + ".");
        } else if (!pieces[pieces.length - 1].startsWith("--")) {
            throw malformed("The batch does not end with --" + boundary + "--.");
        }
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length - 1; i++) {
            if (!pieces[i].startsWith("\r\n")) {
                throw malformed("A boundary must stand on a line of its own, ended by CRLF.");
            }
            parts.add(pieces[i].substring(2));
        }
        return parts;
    }

    /** Headers, and the text after their blank line. */
    private record Block(Map<String, String> headers, String rest) {}

    private static Block block(String text) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String rest = text;
        while (!rest.startsWith("\r\n")) {
            int end = rest.indexOf("\r\n");
            if (rest.isEmpty()) {
                return new Block(headers, "");
            }
            int colon = rest.indexOf(':');
            if (end < 0 || colon < 0 || colon > end || rest.substring(0, end).contains("\n")) {
                throw malformed("A header line must read Name: value and end with CRLF, a blank line must follow.");
            }
            headers.put(rest.substring(0, colon), rest.substring(colon + 1, end).strip());
            rest = rest.substring(end + 2);
        }
        return new Block(headers, rest.substring(2));
    }

    private static Optional<String> boundary(String contentType) {
        Matcher matcher = MULTIPART.matcher(contentType);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static DataverseError malformed(String why) {
        return DataverseError.payload("contact", why);
    }
}
