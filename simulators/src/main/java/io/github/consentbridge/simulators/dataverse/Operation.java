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
 * @param parentMessage what was asked for: the message itself, or the one that caused it, such as {@code Merge}
 * @param input the message's parameters as they were carried out
 * @param parentInput the parameters as they were sent
 * @param before the row's values, empty when there was none
 * @param after the row's values, empty when there is none
 * @param time of the change, in whole seconds as the row has it
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
