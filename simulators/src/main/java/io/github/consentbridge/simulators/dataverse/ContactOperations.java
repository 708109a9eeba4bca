package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.registration.ActiveSteps;
import io.github.consentbridge.simulators.dataverse.registration.Registration;
import io.github.consentbridge.simulators.dataverse.table.AuditLog;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The event pipeline around each change of a contact: plug-ins before it and deliveries of asynchronous steps after it,
 * in one transaction. Without a matching step nothing is read or stored. Callers hold the table's monitor.
 */
final class ContactOperations {
    private static final long SEED = 367;
    private static final String MERGE = "Merge";

    private final ContactTable table;
    private final Registration registration;
    private final Plugins plugins;
    private final AuditLog audit;
    private final ExecutionContext contexts;
    private final ContactTargets targets;
    private final Consumer<DataverseDelivery> receiver;
    private final Clock clock;
    private final Ids ids = new Ids(SEED);
    private final AtomicLong lastNumber = new AtomicLong();

    /** The message's parameters, with and without what plug-ins and the system added. */
    private record Parameters(ArrayNode carriedOut, ArrayNode sent) {}

    /** The requested message, which causes the change of a row, and its parameters. */
    private record Parent(String message, Supplier<ArrayNode> sent) {}

    ContactOperations(
            ContactTable table,
            Registration registration,
            Plugins plugins,
            AuditLog audit,
            ExecutionContext contexts,
            Consumer<DataverseDelivery> receiver,
            Clock clock) {
        this.table = table;
        this.registration = registration;
        this.plugins = plugins;
        this.audit = audit;
        this.contexts = contexts;
        this.targets = new ContactTargets(table, contexts);
        this.receiver = receiver;
        this.clock = clock;
    }

    /**
     * Creates a contact and returns its row number.
     *
     * @throws DataverseError if the id or an alternate key is taken
     */
    int create(UUID id, Map<SimulatedColumn, @Nullable Object> given, Caller caller) {
        Map<SimulatedColumn, @Nullable Object> written = plugins.applied(given);
        List<ActiveSteps.Step> steps = listening("Create", written);
        int row = table.create(id, written, caller.user());
        audit.created(row, caller.user());
        if (!steps.isEmpty()) {
            Map<SimulatedColumn, @Nullable Object> after = values(row);
            Parameters parameters = new Parameters(targets.created(id, after), targets.sent(id, given));
            announce(steps, operation("Create", "Create", caller, id, parameters, Map.of(), after));
        }
        return row;
    }

    /**
     * Changes a contact.
     *
     * @throws DataverseError if an alternate key is taken
     */
    void update(int row, Map<SimulatedColumn, @Nullable Object> changes, Caller caller) {
        update(row, changes, caller, new Parent("Update", () -> targets.sent(table.id(row), changes)));
    }

    void delete(int row, Caller caller) {
        List<ActiveSteps.Step> steps = listening("Delete", Map.of());
        Map<SimulatedColumn, @Nullable Object> before = steps.isEmpty() ? Map.of() : values(row);
        UUID id = table.id(row);
        table.delete(row);
        if (!steps.isEmpty()) {
            Parameters parameters = new Parameters(targets.deleted(id), targets.deleted(id));
            announce(steps, operation("Delete", "Delete", caller, id, parameters, before, Map.of()));
        }
    }

    /** The subordinate becomes inactive and points to the survivor, which gets these values and keeps the others. */
    void merge(int survivor, int subordinate, Map<SimulatedColumn, @Nullable Object> content, Caller caller) {
        List<ActiveSteps.Step> steps = listening(MERGE, Map.of());
        Map<SimulatedColumn, @Nullable Object> before = steps.isEmpty() ? Map.of() : values(survivor);
        UUID id = table.id(survivor);
        Parent merge = new Parent(MERGE, () -> targets.merged(id, table.id(subordinate), content));
        table.transaction(() -> {
            if (!content.isEmpty()) {
                update(survivor, content, caller, merge);
            }
            update(subordinate, targets.givenUpFor(id), caller, merge);
            if (!steps.isEmpty()) {
                Parameters parameters =
                        new Parameters(merge.sent().get(), merge.sent().get());
                announce(steps, operation(MERGE, MERGE, caller, id, parameters, before, values(survivor)));
            }
            return survivor;
        });
    }

    private void update(int row, Map<SimulatedColumn, @Nullable Object> changes, Caller caller, Parent parent) {
        Map<SimulatedColumn, @Nullable Object> written = plugins.applied(changes);
        List<ActiveSteps.Step> steps = listening("Update", written);
        Map<SimulatedColumn, @Nullable Object> before = steps.isEmpty() ? Map.of() : values(row);
        Map<SimulatedColumn, @Nullable Object> audited = audit.values(row, written.keySet());
        table.update(row, written, caller.user());
        if (parent.message().equals(MERGE)) {
            audit.merged(row, audited, caller.user());
        } else {
            audit.updated(row, audited, caller.user());
        }
        if (!steps.isEmpty()) {
            UUID id = table.id(row);
            Map<SimulatedColumn, @Nullable Object> after = values(row);
            Parameters parameters = new Parameters(
                    targets.updated(id, written, after), parent.sent().get());
            announce(steps, operation("Update", parent.message(), caller, id, parameters, before, after));
        }
    }

    private List<ActiveSteps.Step> listening(String message, Map<SimulatedColumn, @Nullable Object> written) {
        ActiveSteps active = registration.active();
        if (active.steps().isEmpty()) {
            return List.of();
        }
        Set<String> names =
                written.keySet().stream().map(SimulatedColumn::logicalName).collect(Collectors.toSet());
        return active.on(message, names);
    }

    private Operation operation(
            String message,
            String parentMessage,
            Caller caller,
            UUID id,
            Parameters parameters,
            Map<SimulatedColumn, @Nullable Object> before,
            Map<SimulatedColumn, @Nullable Object> after) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Operation(
                ids.next(),
                ids.next(),
                ids.next(),
                message,
                parentMessage,
                caller,
                id,
                parameters.carriedOut(),
                parameters.sent(),
                before,
                after,
                now);
    }

    /** A rolled back change causes no deliveries. */
    private void announce(List<ActiveSteps.Step> steps, Operation operation) {
        for (ActiveSteps.Step step : steps) {
            DataverseDelivery delivery = contexts.delivery(lastNumber.incrementAndGet(), operation, step);
            table.undo().afterCommit(() -> receiver.accept(delivery));
        }
    }

    private Map<SimulatedColumn, @Nullable Object> values(int row) {
        Map<SimulatedColumn, @Nullable Object> values = new LinkedHashMap<>();
        table.columns().forEach(column -> values.put(column, table.value(row, column)));
        return values;
    }
}
