package io.github.consentbridge.simulators.http;

/** A simulated system behind its HTTP server. Called concurrently. */
public interface Service {
    RouteKind kind(Call call);

    Reply answer(Call call);

    /** An answer with this status in the system's error format, for scripted faults. */
    Reply error(int status);

    /** Adds what the system's front end adds to every answer, scripted ones included. */
    default Reply marked(Reply reply) {
        return reply;
    }
}
