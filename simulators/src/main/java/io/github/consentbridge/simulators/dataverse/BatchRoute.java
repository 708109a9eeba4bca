package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.limits.RequestIds;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs a {@code $batch} part by part, so that other requests can run in between; a change set is atomic. */
final class BatchRoute {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private final ContactTable table;
    private final Ids ids;
    private final RequestIds requestIds;
    private final String webApi;

    BatchRoute(ContactTable table, Ids ids, RequestIds requestIds, String webApi) {
        this.table = table;
        this.ids = ids;
        this.requestIds = requestIds;
        this.webApi = webApi;
    }

    /** @param answer answers one part, including faults scripted for its kind */
    Reply run(Call call, Function<Call, Reply> answer) {
        List<BatchRequest.Item> items = BatchRequest.parse(call, webApi);
        boolean goOn = call.prefers("odata.continue-on-error");
        String boundary = "batchresponse_" + ids.next();
        StringBuilder body = new StringBuilder();
        int status = 200;
        for (BatchRequest.Item item : items) {
            List<Reply> replies = item.isChangeSet()
                    ? changeSet(item, answer)
                    : List.of(answer.apply(item.calls().get(0)));
            boolean failed = replies.get(0).status() >= 400;
            body.append("--").append(boundary).append("\r\n");
            body.append(item.isChangeSet() && !failed ? nested(replies) : part(replies.get(0), ""));
            if (failed && !goOn) {
                status = replies.get(0).status();
                break;
            }
        }
        body.append("--").append(boundary).append("--\r\n");
        return Reply.text(status, "multipart/mixed; boundary=" + boundary, body.toString())
                .with("OData-Version", "4.0");
    }

    private List<Reply> changeSet(BatchRequest.Item item, Function<Call, Reply> answer) {
        try {
            return table.transaction(() -> {
                List<Reply> replies = new ArrayList<>();
                for (Call call : item.calls()) {
                    Reply reply = answer.apply(call);
                    if (reply.status() >= 400) {
                        throw new RolledBack(reply);
                    }
                    replies.add(reply);
                }
                return replies;
            });
        } catch (RolledBack e) {
            return List.of(e.reply);
        }
    }

    private String nested(List<Reply> replies) {
        String boundary = "changesetresponse_" + ids.next();
        StringBuilder body = new StringBuilder("Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n");
        for (int i = 0; i < replies.size(); i++) {
            String contentId = "Content-ID: " + (i + 1) + "\r\n";
            body.append("--").append(boundary).append("\r\n").append(part(replies.get(i), contentId));
        }
        return body.append("--").append(boundary).append("--\r\n").toString();
    }

    private String part(Reply answer, String moreHeaders) {
        Reply reply = requestIds.markPart(answer);
        StringBuilder part = new StringBuilder("Content-Type: application/http\r\n"
                + "Content-Transfer-Encoding: binary\r\n" + moreHeaders + "\r\nHTTP/1.1 " + reply.status() + " "
                + REASONS.getOrDefault(reply.status(), "Status") + "\r\n");
        reply.headers()
                .forEach((name, value) ->
                        part.append(name).append(": ").append(value).append("\r\n"));
        return part.append("\r\n").append(reply.bodyText()).append("\r\n").toString();
    }

    /** Carries the failed part's answer out of the transaction. */
    private static final class RolledBack extends RuntimeException {
        private final transient Reply reply;

        RolledBack(Reply reply) {
            super("change set rolled back");
            this.reply = reply;
        }
    }
}
