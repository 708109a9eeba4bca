package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.report.ColumnRendering;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a person's values are what they are, and what of the person is not applied.
 *
 * @param key the organization user id
 * @param contactId null if no contact is known
 * @param erasedAt when the person was erased, in Didomi or by an operator; null if the person was not
 * @param waiting deliveries in the queue that name the person; empty if the queue cannot be searched
 * @param deadLetters deliveries of the person that could not be applied
 */
public record Explanation(
        String key,
        @Nullable String contactId,
        @Nullable Instant erasedAt,
        List<Column> columns,
        Optional<List<Waiting>> waiting,
        List<DeadLetterSummary> deadLetters) {
    /** What to say where {@link #waiting} is empty. */
    public static final String NOT_SEARCHABLE =
            "SQS cannot be searched, so it is not known whether deliveries of this person wait";

    private static final String NOT_KNOWN = "not known";

    public Explanation {
        columns = List.copyOf(columns);
        waiting = waiting.map(List::copyOf);
        deadLetters = List.copyOf(deadLetters);
    }

    /**
     * A delivery in the queue.
     *
     * @param attempts how often it has failed for reasons of its own
     * @param lastFailure why it failed last; null if it has not
     */
    public record Waiting(
            String id,
            Side side,
            Instant receivedAt,
            int attempts,
            @Nullable String lastFailure) {
        static Waiting of(Delivery delivery) {
            Delivery.@Nullable Trouble trouble = delivery.trouble();
            return new Waiting(
                    delivery.id(),
                    delivery.side(),
                    delivery.receivedAt(),
                    delivery.attempts(),
                    trouble == null ? null : trouble.last());
        }
    }

    /**
     * One contact column and the choice that decides it.
     *
     * @param didomiValue the key of the Didomi value's path
     * @param decision the choice that stands; null if there is none
     * @param inDidomi what Didomi last showed; null if nothing
     * @param inDynamics what the column last showed, in Didomi's terms; null if nothing
     * @param known the sides of which it is known what they showed; a side that is not of them may have shown anything
     * @param columnValue what the column last held, as the Web API writes it; null node if it was empty, was not read
     *     yet, or is not mapped any more
     * @param didomiAgrees whether Didomi last showed the choice that stands
     * @param dynamicsAgrees whether the column last showed the choice that stands
     * @param reason why this choice stands
     */
    public record Column(
            String regulation,
            AttributeName name,
            String didomiValue,
            @Nullable Decision decision,
            @Nullable ConsentValue inDidomi,
            @Nullable ConsentValue inDynamics,
            Set<Side> known,
            JsonNode columnValue,
            boolean didomiAgrees,
            boolean dynamicsAgrees,
            String reason) {
        /** The choice in words: {@code marketing: refused}. */
        public String choice() {
            return valueName() + ": " + ColumnRendering.words(decision == null ? null : decision.value());
        }

        /** What Didomi last showed: {@code refused}. */
        public String inDidomiWords() {
            return known.contains(Side.DIDOMI) ? ColumnRendering.words(inDidomi) : NOT_KNOWN;
        }

        /** What the contact last showed, and how: {@code marketing: refused → donotbulkemail = true}. */
        public String shown(Map<Integer, String> labels) {
            if (!known.contains(Side.DYNAMICS)) {
                return name.logicalName() + ": " + NOT_KNOWN;
            }
            return valueName() + ": " + ColumnRendering.words(inDynamics) + " → "
                    + ColumnRendering.column(name.logicalName(), columnValue, labels);
        }

        private String valueName() {
            return ColumnRendering.words(DidomiPath.ofKey(didomiValue));
        }
    }
}
