package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.standalone.operator.Moment;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.HistoryReport;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.operations.PastExplainer;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds a person and shows why their values are what they are. Each look is on the access record. */
public final class PeopleResource {
    private final ConsoleSubject subject;
    private final ContactLabels labels;
    private final Clock clock;

    /** What is known of a person. */
    private record Person(Optional<Explanation> explanation, Optional<PersonHistory> history) {
        boolean isUnknown() {
            return explanation.isEmpty() && history.isEmpty();
        }
    }

    public PeopleResource(ConsoleSubject subject, ContactLabels labels, Clock clock) {
        this.subject = subject;
        this.labels = labels;
        this.clock = clock;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.post("/api/people/find", this::find),
                ApiRoute.post("/api/people/show", this::show),
                ApiRoute.post("/api/people/at", this::at));
    }

    private static Requester requester() {
        return Requester.thisUser(Requester.Means.CONSOLE);
    }

    private WebhookReply find(ApiRequest request) {
        String value = request.text("value");
        List<String> keys = switch (request.text("by")) {
            case "key" -> known(value);
            case "email" -> find(new PersonQuery.Email(value));
            case "contact" -> find(new PersonQuery.Contact(contact(value)));
            default -> throw ApiException.badRequest("by must be key, email or contact");
        };
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("keys");
        keys.forEach(list::add);
        return ApiAnswer.ok(node);
    }

    private static String contact(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("the id of a contact is a GUID: copy it from the contact's address");
        }
    }

    private List<String> find(PersonQuery query) {
        try {
            return subject.onStores(operations -> operations.find(query, requester()));
        } catch (RemoteException | CredentialsException | StorageException e) {
            throw e;
        } catch (BridgeException e) {
            throw ApiException.badRequest(e.sentence());
        }
    }

    /** Also whether a person is known is told only on record. */
    private List<String> known(String key) {
        if (subject.isNew()) {
            return List.of();
        }
        return subject.onStores(operations -> {
            operations.recordAccess(AccessKind.SEARCHED, key, requester());
            return read(operations, key).isUnknown() ? List.of() : List.of(key);
        });
    }

    private static Person read(Operations operations, String key) {
        return new Person(operations.explain(key), operations.history(key));
    }

    private static ApiException unknown() {
        return ApiException.notFound("there is no data about this organization user id: check its spelling");
    }

    /** Reads a person, and puts that on record before anything is shown. */
    private Person look(String key) {
        if (subject.isNew()) {
            throw unknown();
        }
        return subject.onStores(operations -> {
            Person person = read(operations, key);
            if (person.isUnknown()) {
                throw unknown();
            }
            operations.recordAccess(AccessKind.LOOKED_AT, key, requester());
            return person;
        });
    }

    private WebhookReply show(ApiRequest request) {
        Person person = look(request.text("key"));
        Integration integration = subject.integration();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("explanation", person.explanation().map(this::explanation).orElse(null));
        node.set(
                "history",
                person.history().map(history -> history(history, integration)).orElse(null));
        return ApiAnswer.ok(node);
    }

    private ObjectNode explanation(Explanation explanation) {
        ObjectNode node = OperationsJson.explanation(explanation);
        for (JsonNode register : node.path("registers")) {
            ObjectNode column = (ObjectNode) register;
            DidomiPath path = DidomiPath.ofKey(column.path("didomi_value").asText());
            column.put("words", DidomiWords.of(path))
                    .put(
                            "label",
                            labels.known(column.path("mapping").asText())
                                    .map(LabelledColumn::label)
                                    .orElse(null));
        }
        return node;
    }

    private ObjectNode history(PersonHistory history, Integration integration) {
        HistoryChain chain = history.chain(clock.instant(), integration.historyDays());
        HistoryReport report = new HistoryReport(integration);
        ObjectNode node = report.json(history.key(), history.contactId(), chain);
        int index = 0;
        for (HistoryEntry entry : chain.entries()) {
            ((ObjectNode) node.path("history").get(index++)).put("sentence", report.sentence(entry));
        }
        return node;
    }

    private WebhookReply at(ApiRequest request) {
        Instant time = time(request.text("at"));
        PersonHistory history = look(request.text("key"))
                .history()
                .orElseThrow(() -> ApiException.notFound("no history of this person is kept"));
        Integration integration = subject.integration();
        HistoryChain chain = history.chain(clock.instant(), integration.historyDays());
        Explanation then = new PastExplainer(integration).explain(history, chain.entries(), time);
        return ApiAnswer.ok(explanation(then).put("at", time.toString()).put("chain", HistoryReport.chain(chain)));
    }

    private static Instant time(String text) {
        try {
            return Moment.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.badRequest(
                    "at must be a date such as 2026-05-03, or a time with its offset such as 2026-05-03T09:30:00Z");
        }
    }
}
