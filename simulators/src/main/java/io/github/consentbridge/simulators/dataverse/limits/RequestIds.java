package io.github.consentbridge.simulators.dataverse.limits;

import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Reply;

/**
 * Gives each answer the id by which Microsoft's support finds the request: an HTTP answer has it in two headers, the
 * part of a batch in {@code REQ_ID} only. A part's id is its own, not the batch's. Thread-safe.
 */
public final class RequestIds {
    public static final String SERVICE_REQUEST_ID = "x-ms-service-request-id";
    public static final String REQ_ID = "REQ_ID";

    private static final long SEED = 369;

    private final Ids ids = new Ids(SEED);

    /** An HTTP answer. */
    public synchronized Reply mark(Reply reply) {
        String id = ids.next().toString();
        return reply.with(SERVICE_REQUEST_ID, id).with(REQ_ID, id);
    }

    /** A part of a batch. */
    public synchronized Reply markPart(Reply reply) {
        return reply.with(REQ_ID, ids.next().toString());
    }
}
