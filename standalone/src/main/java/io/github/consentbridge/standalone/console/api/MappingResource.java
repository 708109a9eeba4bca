package io.github.consentbridge.standalone.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The integration document, and what both systems say of its columns and purposes. */
public final class MappingResource {
    private final ConsoleSubject subject;
    private final ContactLabels labels;
    private final DeliveryTrial trial;

    public MappingResource(ConsoleSubject subject, ContactLabels labels, DeliveryTrial trial) {
        this.subject = subject;
        this.labels = labels;
        this.trial = trial;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/mapping", request -> ApiAnswer.ok(mapping())),
                ApiRoute.post("/api/mapping/check", MappingResource::check),
                ApiRoute.post("/api/mapping/try", request -> ApiAnswer.ok(trial.of(request))));
    }

    private ObjectNode mapping() {
        Integration integration = subject.integration();
        List<String> unreadable = new ArrayList<>();
        Map<String, LabelledColumn> columns = columns(unreadable);
        Map<String, String> problems = problems(integration, columns);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("document", subject.document().orElse(null));
        ArrayNode list = node.putArray("mappings");
        for (int index = 0; index < integration.mappings().size(); index++) {
            Mapping mapping = integration.mappings().get(index);
            list.add(json(mapping, columns.get(mapping.column().logicalName()), problems.get("/mappings/" + index)));
        }
        ArrayNode purposes = node.putArray("purposes");
        Set<String> mapped = mappedPurposes(integration);
        purposes(unreadable)
                .forEach(purpose -> purposes.addObject()
                        .put("id", purpose.id())
                        .put(
                                "name",
                                purpose.names().isEmpty()
                                        ? purpose.id()
                                        : purpose.names().get(0))
                        .put("mapped", mapped.contains(purpose.id())));
        return node.put("unreadable", unreadable.isEmpty() ? null : String.join("; ", unreadable));
    }

    /** Also those of which only a preference or a channel is mapped. */
    private static Set<String> mappedPurposes(Integration integration) {
        return integration.mappings().stream()
                .map(mapping -> mapping.value().parts().get("purpose"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Map<String, LabelledColumn> columns(List<String> unreadable) {
        try {
            return labels.columns();
        } catch (BridgeException e) {
            unreadable.add(e.sentence());
            return Map.of();
        }
    }

    private List<DidomiCatalog.Purpose> purposes(List<String> unreadable) {
        try {
            return subject.connections().didomi().catalog().purposes();
        } catch (BridgeException e) {
            unreadable.add(e.sentence());
            return List.of();
        }
    }

    /** What is wrong, by the place in the document. */
    private static Map<String, String> problems(Integration integration, Map<String, LabelledColumn> columns) {
        Map<String, String> problems = new LinkedHashMap<>();
        documentProblems(integration).forEach(problem -> problems.putIfAbsent(place(problem), problem.message()));
        if (!columns.isEmpty()) {
            List<ColumnMetadata> metadata = integration.mappings().stream()
                    .map(mapping -> columns.get(mapping.column().logicalName()))
                    .filter(Objects::nonNull)
                    .map(LabelledColumn::metadata)
                    .toList();
            ContactSchema.of(integration, metadata)
                    .problems()
                    .forEach(problem -> problems.putIfAbsent(place(problem), problem.message()));
        }
        return problems;
    }

    private static List<Problem> documentProblems(Integration integration) {
        try {
            MappingCheck.refuseByDocument(integration);
            return List.of();
        } catch (RefusedMappingsException e) {
            return e.problems();
        }
    }

    /** The mapping that a problem is about, whatever part of it. */
    private static String place(Problem problem) {
        String[] parts = problem.pointer().split("/", -1);
        return parts.length < 3 ? problem.pointer() : "/" + parts[1] + "/" + parts[2];
    }

    private static ObjectNode json(Mapping mapping, @Nullable LabelledColumn column, @Nullable String problem) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("column", mapping.column().logicalName())
                .put("label", column == null ? null : column.label())
                .put("type", column == null ? null : column.metadata().type().replaceAll("Type$", ""));
        ArrayNode options = node.putArray("options");
        new TreeMap<>(mapping.options())
                .forEach((value, number) -> options.addObject()
                        .put("value", value)
                        .put("option", number)
                        .put("label", column == null ? null : column.optionLabel(number)));
        return node.put("didomi", DidomiWords.of(mapping.value()))
                .put("regulation", mapping.regulation().id())
                .put("direction", word(mapping.direction()))
                .put("wins", word(mapping.wins()))
                .put("invert", mapping.invert())
                .put("problem", problem);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Checks a document as {@code run} would read it, without either system. */
    private static WebhookReply check(ApiRequest request) {
        String text = request.text("document");
        DocumentLines lines = DocumentLines.of(request.body().path("document").asText());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("problems");
        problems(text)
                .forEach(problem -> list.addObject()
                        .put("pointer", problem.pointer())
                        .put("line", lines.line(problem.pointer()))
                        .put("message", problem.message()));
        return ApiAnswer.ok(node);
    }

    private static List<Problem> problems(String document) {
        try {
            return documentProblems(IntegrationReader.read(document.getBytes(UTF_8), Place.FILE));
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }
}
