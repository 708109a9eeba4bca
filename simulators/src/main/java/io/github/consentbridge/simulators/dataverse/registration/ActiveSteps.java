package io.github.consentbridge.simulators.dataverse.registration;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A snapshot of the enabled asynchronous steps on contacts and of all endpoints. */
public record ActiveSteps(List<Step> steps, Map<UUID, Endpoint> endpoints) {
    static final ActiveSteps NONE = new ActiveSteps(List.of(), Map.of());

    /**
     * A step on one message.
     *
     * @param filter columns of which one must be in an update, empty for any
     */
    public record Step(UUID id, UUID endpointId, String message, Set<String> filter, List<Image> images) {
        boolean isOn(String wantedMessage, Set<String> written) {
            boolean unfiltered = !message.equals("Update") || filter.isEmpty();
            return message.equals(wantedMessage)
                    && (unfiltered || written.stream().anyMatch(filter::contains));
        }
    }

    /**
     * Columns of the row that the call includes.
     *
     * @param type 0 before the change, 1 after it, 2 both
     * @param columns empty for all
     */
    public record Image(String alias, int type, List<String> columns) {}

    /**
     * The receiver of a step's calls.
     *
     * @param authValue empty when none is set
     */
    public record Endpoint(String url, int authType, String authValue) {
        @Override
        public String toString() {
            return "Endpoint[" + url + "]";
        }
    }

    static ActiveSteps of(Registration registration) {
        SystemTable steps = registration.table(RegistrationColumns.STEP);
        List<Step> found = steps.live()
                .filter(row -> isActive(steps, row))
                .mapToObj(row -> step(registration, steps, row))
                .toList();
        return new ActiveSteps(found, endpoints(registration.table(RegistrationColumns.ENDPOINT)));
    }

    /** The steps that this message triggers. */
    public List<Step> on(String message, Set<String> written) {
        return steps.stream().filter(step -> step.isOn(message, written)).toList();
    }

    private static boolean isActive(SystemTable steps, int row) {
        Object entity = RegistrationRules.text(steps, row, "sdkmessagefilterid/primaryobjecttypecode");
        return Objects.equals(steps.value(row, steps.columnOf("statecode")), 0)
                && Objects.equals(steps.value(row, steps.columnOf("mode")), 1)
                && (entity == null || entity.equals("contact"));
    }

    private static Step step(Registration registration, SystemTable steps, int row) {
        Reference endpoint = (Reference) Objects.requireNonNull(steps.value(row, steps.columnOf("eventhandler")));
        return new Step(
                steps.id(row),
                endpoint.id(),
                String.valueOf(RegistrationRules.text(steps, row, "sdkmessageid/name")),
                new HashSet<>(RegistrationRules.names(steps.value(row, steps.columnOf("filteringattributes")))),
                images(registration.table(RegistrationColumns.IMAGE), steps.id(row)));
    }

    private static List<Image> images(SystemTable images, UUID step) {
        List<Image> found = new ArrayList<>();
        images.pointingTo(images.columnOf("sdkmessageprocessingstepid"), step)
                .forEach(row -> found.add(new Image(
                        String.valueOf(images.value(row, images.columnOf("entityalias"))),
                        (Integer) Objects.requireNonNull(images.value(row, images.columnOf("imagetype"))),
                        RegistrationRules.names(images.value(row, images.columnOf("attributes"))))));
        return found;
    }

    private static Map<UUID, Endpoint> endpoints(SystemTable endpoints) {
        Map<UUID, Endpoint> found = new HashMap<>();
        endpoints.live().forEach(row -> found.put(endpoints.id(row), endpoint(endpoints, row)));
        return found;
    }

    private static Endpoint endpoint(SystemTable endpoints, int row) {
        Object authType = endpoints.value(row, endpoints.columnOf("authtype"));
        Object authValue = endpoints.value(row, endpoints.columnOf("authvalue"));
        return new Endpoint(
                String.valueOf(endpoints.value(row, endpoints.columnOf("url"))),
                authType instanceof Integer number ? number : 0,
                authValue == null ? "" : authValue.toString());
    }
}
