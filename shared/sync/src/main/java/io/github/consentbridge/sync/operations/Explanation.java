package io.github.consentbridge.sync.operations;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a person's values are what they are.
 *
 * @param key the organization user id
 * @param contactId null if no contact is known
 * @param erasedAt when the person was erased in Didomi; null if the person was not
 */
public record Explanation(
        String key, @Nullable String contactId, @Nullable Instant erasedAt, List<Column> columns) {
    public Explanation {
        columns = List.copyOf(columns);
    }

    /**
     * One contact column and the choice that decides it.
     *
     * @param didomiValue the path of the Didomi value
     * @param decision the choice that stands; null if there is none
     * @param inDidomi what Didomi last showed; null if nothing
     * @param inDynamics what the column last showed; null if nothing
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
            boolean didomiAgrees,
            boolean dynamicsAgrees,
            String reason) {}
}
