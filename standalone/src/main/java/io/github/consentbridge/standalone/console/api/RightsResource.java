package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.ExportPage;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.Requester;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people may demand, and the record of who looked at whom. */
public final class RightsResource {
    private static final int MAX_REASON = 300;
    private static final int NEWEST = 100;

    private final ConsoleSubject subject;

    public RightsResource(ConsoleSubject subject) {
        this.subject = subject;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.post("/api/people/export", this::export),
                ApiRoute.post("/api/people/erase", this::erase),
                ApiRoute.get("/api/accesses", this::accesses));
    }

    private static Requester requester() {
        return Requester.thisUser(Requester.Means.CONSOLE);
    }

    private static ApiException unknown() {
        return ApiException.notFound("there is no data about this organization user id: check its spelling");
    }

    private static Optional<String> reason(ApiRequest request) {
        Optional<String> reason = request.optionalText("reason");
        if (reason.filter(text -> text.length() > MAX_REASON).isPresent()) {
            throw ApiException.badRequest("reason must have at most " + MAX_REASON + " characters");
        }
        return reason;
    }

    private WebhookReply export(ApiRequest request) {
        String key = request.text("key");
        @Nullable String reason = reason(request).orElse(null);
        String format = request.optionalText("format").orElse("json");
        if (!format.equals("json") && !format.equals("html")) {
            throw ApiException.badRequest("format must be json or html");
        }
        Optional<PersonExport> found = subject.isNew()
                ? Optional.empty()
                : subject.onStores(operations -> operations.export(key, requester(), reason));
        PersonExport export = found.orElseThrow(RightsResource::unknown);
        return format.equals("json")
                ? ApiAnswer.file("export.json", "application/json", JsonTree.write(export.json()) + "\n")
                : ApiAnswer.file("export.html", "text/html; charset=utf-8", new ExportPage(export.json()).html());
    }

    private WebhookReply erase(ApiRequest request) {
        String key = request.text("key");
        if (!request.text("confirm").equals(key)) {
            throw ApiException.conflict("the organization user id typed again does not match: type it exactly");
        }
        String reason = reason(request).orElseThrow(() -> ApiException.badRequest("reason is missing: say why"));
        Optional<ErasureReport> report = subject.isNew()
                ? Optional.empty()
                : subject.onStores(operations -> operations.erase(key, requester(), reason));
        return ApiAnswer.ok(report.orElseThrow(RightsResource::unknown).json());
    }

    private WebhookReply accesses(ApiRequest request) {
        int limit = request.queryLimit(NEWEST);
        List<Access> accesses =
                subject.isNew() ? List.of() : subject.onStores(operations -> operations.accesses(limit));
        return ApiAnswer.ok(JsonNodeFactory.instance.objectNode().set("accesses", Access.json(accesses)));
    }
}
