package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.deliveries.NumberedDelivery;
import java.util.Map;
import java.util.UUID;

/**
 * One pending webhook call: a step's reaction to one change of one contact. The number is for tests and not sent. A
 * repeated call has the same body.
 *
 * @param message {@code Create}, {@code Update}, {@code Delete} or {@code Merge}
 * @param endpointId its service endpoint, whose address and key are looked up when it is sent
 * @param headers the headers in addition to the endpoint's
 * @param body a {@code RemoteExecutionContext} as JSON
 */
public record DataverseDelivery(
        long number, String message, UUID contactId, UUID endpointId, Map<String, String> headers, String body)
        implements NumberedDelivery {}
