package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Histories for the tests of stores. */
public final class SampleHistory {
    public static final ConsentRecordId NEWSLETTER =
            new ConsentRecordId(Regulation.GDPR, new DidomiPath.Purpose("newsletter"));

    private SampleHistory() {}

    /**
     * The tail with more entries.
     *
     * @param standing whether the last of the new entries explains the choice that stands
     */
    public static HistoryTail appended(HistoryTail tail, Instant at, int entries, boolean standing) {
        List<HistoryEntry> all = IntStream.range(0, entries)
                .mapToObj(number -> choice(HistoryKind.CHOICE, at, number % 2 == 0, at.minusSeconds(entries - number)))
                .toList();
        return tail.append(all, standing ? Map.of(NEWSLETTER.key(), entries - 1) : Map.of());
    }

    /** The tail with as many choices, each of which stands: of a person with very many mapped values. */
    public static HistoryTail standing(HistoryTail tail, Instant at, int choices) {
        Map<String, Integer> standing = new HashMap<>();
        IntStream.range(0, choices).forEach(number -> standing.put("gdpr|purpose:p" + number, number));
        return tail.append(
                IntStream.range(0, choices)
                        .mapToObj(number -> choice(HistoryKind.CHOICE, at, true, at))
                        .toList(),
                standing);
    }

    /** A choice in Didomi. */
    public static HistoryEntry choice(HistoryKind kind, Instant at, boolean granted, Instant decidedAt) {
        return new HistoryEntry(
                at,
                kind,
                NEWSLETTER,
                Side.DIDOMI,
                "u-1",
                ConsentValue.of(granted),
                decidedAt,
                null,
                Choice.UNKNOWN_VERSION,
                "event e-1",
                "d-1",
                null,
                null,
                "only Didomi has a choice");
    }
}
