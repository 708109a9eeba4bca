package io.github.consentbridge.standalone.console.api;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The contact's columns as staff know them, asked for at most every five minutes. Safe for use by several threads. */
public final class ContactLabels {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final ConsoleSubject subject;
    private final Clock clock;
    private Map<String, LabelledColumn> columns = Map.of();
    private Instant askedAt = Instant.MIN;

    public ContactLabels(ConsoleSubject subject, Clock clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /**
     * All columns by their logical names.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException if Dataverse cannot be read
     */
    synchronized Map<String, LabelledColumn> columns() {
        Instant now = clock.instant();
        if (columns.isEmpty() || now.isAfter(askedAt.plus(MAX_AGE))) {
            Map<String, LabelledColumn> asked = new HashMap<>();
            subject.connections().dataverse().labelledColumns().forEach(column -> asked.put(column.name(), column));
            columns = asked;
            askedAt = now;
        }
        return columns;
    }

    /** What is known of a column, without asking. */
    synchronized Optional<LabelledColumn> known(String column) {
        return Optional.ofNullable(columns.get(column));
    }
}
