package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message that changed one contact.
 *
 * @param id unique for the message and the contact; the steps that it triggers share it
 * @param parentMessage the requested message: this one, or the one that caused it, such as {@code Merge}
 * @param input the message's parameters as they were executed
 * @param parentInput the parameters as they were sent
 * @param before the row's values before; empty if it did not exist
 * @param after the row's values after; empty if it was deleted
 * @param time the time of the change in whole seconds, as in the row
 */
record Operation(
        UUID id,
        UUID correlationId,
        UUID requestId,
        String message,
        String parentMessage,
        Caller caller,
        UUID contactId,
        ArrayNode input,
        ArrayNode parentInput,
        Map<SimulatedColumn, @Nullable Object> before,
        Map<SimulatedColumn, @Nullable Object> after,
        Instant time) {}
