package io.github.consentbridge.simulators.http;

/** Kinds of requests to the three systems, for scripted faults and for counting. */
public enum RouteKind {
    /** Any request of the system; in {@link Faults} it matches after the exact kind. */
    ANY,

    // Entra
    TOKEN,
    DISCOVERY,

    // Dataverse
    WHO_AM_I,
    FIND_CONTACTS,
    READ_CONTACT,
    CREATE_CONTACT,
    UPDATE_CONTACT,
    DELETE_CONTACT,
    BATCH,
    METADATA,
    /** The security roles of a user. */
    ROLES,
    /** The audit history of a column. */
    AUDIT_HISTORY,
    /** Service endpoints, steps, images, and the messages and filters that steps name. */
    REGISTRATION,

    // Didomi
    SESSION,
    POST_EVENTS,
    READ_EVENTS,
    CHANGE_EVENT,
    READ_USERS,
    CHANGE_USER,
    PURPOSES,
    PREFERENCES,
    CONFIGURATION_TREE,
    INTEGRATIONS,

    /** A route that the system does not have. */
    UNKNOWN
}
