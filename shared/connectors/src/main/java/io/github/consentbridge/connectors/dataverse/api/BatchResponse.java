package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.http.RemoteResponse;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a multipart answer, in the order of the operations. A part counts only if its closing boundary is there,
 * so a truncated part is missing and not half read.
 */
public final class BatchResponse {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/mixed\\s*;.*?boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200})).*");
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3})(?: .*)?");

    private BatchResponse() {}

    public static boolean isMultipart(RemoteResponse response) {
        return BOUNDARY.matcher(response.header("Content-Type")).matches();
    }

    /**
     * All complete parts.
     *
     * @throws DataverseException if the answer is not a multipart body or a part is not an HTTP answer
     */
    public static List<RemoteResponse> parts(RemoteResponse response) {
        Matcher boundary = BOUNDARY.matcher(response.header("Content-Type"));
        if (!boundary.matches()) {
            throw DataverseException.unreadable(response, "it is not the answer to a batch");
        }
        String delimiter = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        List<RemoteResponse> parts = new ArrayList<>();
        // Latin-1 maps each byte to one character, so that positions in the text are positions in the bytes.
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        int start = nextDelimiter(body, delimiter, 0);
        while (start >= 0 && !body.startsWith("--", start + delimiter.length())) {
            int contentStart = start + delimiter.length();
            int end = nextDelimiter(body, delimiter, contentStart);
            if (end < 0) {
                break;
            }
            parts.add(part(response, body.substring(contentStart, end)));
            start = end;
        }
        return parts;
    }

    /** The start of the next delimiter line, or -1. */
    private static int nextDelimiter(String body, String delimiter, int from) {
        int found = body.indexOf(delimiter, from);
        while (found > 0 && body.charAt(found - 1) != '\n') {
            found = body.indexOf(delimiter, found + 1);
        }
        return found;
    }

    private static RemoteResponse part(RemoteResponse whole, String content) {
        Optional<Block> envelope = Block.after(content, content.indexOf('\n') + 1);
        Optional<Block> answer = envelope.flatMap(block -> Block.after(content, block.end()));
        if (answer.isEmpty() || answer.get().lines().isEmpty()) {
            throw DataverseException.unreadable(whole, "a part of the batch has no HTTP answer");
        }
        List<String> lines = answer.get().lines();
        Matcher status = STATUS_LINE.matcher(lines.get(0));
        if (!status.matches()) {
            throw DataverseException.unreadable(whole, "a part of the batch has no status");
        }
        String body = content.substring(Math.min(answer.get().end(), content.length()));
        return new RemoteResponse(
                Integer.parseInt(status.group(1)),
                headers(lines.subList(1, lines.size()), whole),
                body.strip().getBytes(StandardCharsets.ISO_8859_1),
                whole.receivedAt());
    }

    /** A part without a request id of its own has the batch's. */
    private static HttpHeaders headers(List<String> lines, RemoteResponse whole) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            int colon = line.indexOf(':');
            String header = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!header.isEmpty()) {
                headers.computeIfAbsent(header, name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        if (DataverseException.REQUEST_ID_HEADERS.stream().noneMatch(headers::containsKey)) {
            headers.put(DataverseException.REQUEST_ID_HEADERS.get(0), List.of(DataverseException.requestIdOf(whole)));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /** Lines up to an empty one; {@code end} is the start of the text after the empty line. */
    private record Block(List<String> lines, int end) {
        static Optional<Block> after(String text, int start) {
            List<String> lines = new ArrayList<>();
            int at = start;
            while (at < text.length()) {
                int newline = text.indexOf('\n', at);
                int end = newline < 0 ? text.length() : newline;
                String line = text.substring(at, end).stripTrailing();
                at = end + 1;
                if (line.isEmpty()) {
                    return Optional.of(new Block(lines, at));
                }
                lines.add(line);
            }
            return lines.isEmpty() ? Optional.empty() : Optional.of(new Block(lines, at));
        }
    }
}
