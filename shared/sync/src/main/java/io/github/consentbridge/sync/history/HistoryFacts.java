package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.List;
import java.util.Map;

/**
 * What only the step that changed the ledger knows of the change.
 *
 * @param choices the choices that were reported, of which each names who made it
 * @param late those of them that the history does not have and that changed nothing, because newer ones were known
 * @param written the columns that Dataverse has confirmed
 * @param posted the events that Didomi has confirmed
 */
public record HistoryFacts(
        List<Choice> choices, List<Choice> late, Map<AttributeName, WrittenColumn> written, List<PostedEvent> posted) {
    public HistoryFacts {
        choices = List.copyOf(choices);
        late = List.copyOf(late);
        written = Map.copyOf(written);
        posted = List.copyOf(posted);
    }

    /** Before anything is written. */
    public static HistoryFacts settled(List<Choice> choices, List<Choice> late) {
        return new HistoryFacts(choices, late, Map.of(), List.of());
    }

    /** After a contact was written. */
    public static HistoryFacts written(Map<AttributeName, WrittenColumn> columns) {
        return new HistoryFacts(List.of(), List.of(), columns, List.of());
    }

    /** After events were posted. */
    public static HistoryFacts posted(List<PostedEvent> events) {
        return new HistoryFacts(List.of(), List.of(), Map.of(), events);
    }
}
