package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.doctor.Checks.Login;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Checks Dynamics: the login, what the application user may do, and the table contact. */
final class DynamicsChecks {
    private static final String DYNAMICS = "Dynamics";
    private static final String USER = "application user";
    private static final String PRIVILEGES = "privileges";
    private static final String NOT_LOGGED_IN = "the login to Dynamics comes first";
    private static final UUID NOBODY = new UUID(0, 0);

    /** Everything that needs Dynamics, in order. */
    private static final Map<CheckCode, String> DEPENDENT = new EnumMap<>(Map.of(
            CheckCode.ROLE, USER,
            CheckCode.PRIVILEGES, PRIVILEGES,
            CheckCode.COLUMN, ContactChecks.COLUMNS,
            CheckCode.KEY_COLUMN, ContactChecks.KEY,
            CheckCode.OPTIMISTIC_CONCURRENCY, ContactChecks.TABLE,
            CheckCode.CHANGE_TRACKING, ContactChecks.TABLE));

    private final Integration integration;
    private final Credentials credentials;
    private final Connections connections;
    private final Checks checks;

    DynamicsChecks(Integration integration, Credentials credentials, Connections connections, Checks checks) {
        this.integration = integration;
        this.credentials = credentials;
        this.connections = connections;
        this.checks = checks;
    }

    static void notChecked(Checks checks, String cause) {
        checks.notChecked(CheckCode.DYNAMICS_LOGIN, DYNAMICS, cause);
        DEPENDENT.forEach((code, subject) -> checks.notChecked(code, subject, cause));
    }

    /** Whether what else needs Dynamics can be checked. */
    boolean run() {
        Login login = checks.login(CheckCode.DYNAMICS_LOGIN, DYNAMICS, this::login);
        if (login == Login.IMPOSSIBLE) {
            DEPENDENT.forEach((code, subject) -> checks.notChecked(code, subject, NOT_LOGGED_IN));
            return false;
        }
        DataverseClient dataverse = connections.dataverse();
        if (login == Login.DONE) {
            checks.attempt(CheckCode.ROLE, USER, () -> role(dataverse));
        } else {
            checks.notChecked(CheckCode.ROLE, USER, NOT_LOGGED_IN);
        }
        checks.attempt(CheckCode.PRIVILEGES, PRIVILEGES, () -> privileges(dataverse));
        new ContactChecks(integration, dataverse, checks).run();
        return true;
    }

    /** A successful WhoAmI proves a token for the right audience, tenant and application. */
    private void login() {
        UUID user = connections.applicationUser();
        checks.ok(
                CheckCode.DYNAMICS_LOGIN,
                DYNAMICS,
                "The app registration can log in to "
                        + credentials.current().dynamics().orElseThrow().instance()
                        + " as the application user with systemuserid " + user + ".");
    }

    private void role(DataverseClient dataverse) {
        if (dataverse.isSystemAdministrator(connections.applicationUser())) {
            checks.warning(CheckCode.ROLE, USER, RegistrationReport.REMINDER);
        } else {
            checks.ok(CheckCode.ROLE, USER, "The application user is not a System Administrator.");
        }
    }

    /** Nothing is written, so only reading is proved. */
    private void privileges(DataverseClient dataverse) {
        String id = AttributeName.CONTACT_ID.logicalName();
        try {
            dataverse.findContacts(id, List.of(NOBODY.toString()), List.of(id));
            checks.ok(
                    CheckCode.PRIVILEGES,
                    PRIVILEGES,
                    "Contacts can be read. Whether they can be written shows with the first write.");
        } catch (DataverseException failure) {
            String privilege = failure.missingPrivilege().orElseThrow(() -> failure);
            checks.failed(
                    CheckCode.PRIVILEGES,
                    PRIVILEGES,
                    "The application user lacks the privilege " + privilege
                            + ": grant it, organization-wide, in a security role of that user.");
        }
    }
}
