package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.demo.LiveTroubles.Trouble;
import io.github.consentbridge.standalone.console.LiveSystems;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.sync.operations.Explanation;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The simulated systems of the demo, as the Live page shows and changes them. Everything happens for real: webhooks over
 * HTTP, the bridge that {@code run} starts, and what is published is read from its log and from the systems. One thread
 * changes and delivers, so that nothing overtakes the loss of a webhook. Safe for use by several threads.
 */
final class DemoLive implements LiveSystems, AutoCloseable {
    private static final long DELIVER_EVERY_MILLISECONDS = 150;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final DemoSystems systems;
    private final BridgeServer bridge;
    private final LiveFeed feed;
    private final LiveState state;
    private final LiveTroubles troubles;
    private final OutcomeEvents outcomes;
    private final DeliveryPump pump;
    private final LiveReconciliation reconciliation;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "live");
        made.setDaemon(true);
        return made;
    });
    private @Nullable RepeatedDelivery repeated;
    private String lastFailure = "";

    /** People with a change that the bridge has not settled yet, and how often it had written for them before. */
    private final Map<Person, Long> changed = new HashMap<>();

    /**
     * Begins to deliver automatically.
     *
     * @param log the bridge's
     * @param hash what the log calls a person
     * @param throttledFor how long Dynamics throttles when it is asked to
     */
    DemoLive(
            DemoSystems systems,
            BridgeServer bridge,
            OutcomeLines log,
            UnaryOperator<String> hash,
            Duration throttledFor,
            Clock clock)
            throws InterruptedException {
        this.systems = systems;
        this.bridge = bridge;
        feed = new LiveFeed(clock);
        state = new LiveState(systems);
        troubles = new LiveTroubles(systems, feed, throttledFor, clock);
        outcomes = new OutcomeEvents(feed, systems.everyone(), hash);
        pump = new DeliveryPump(systems, feed, outcomes);
        reconciliation = new LiveReconciliation(bridge.operations(), feed);
        // The sample deliveries report choices that the simulated Didomi does not hold. What differs later is what the
        // page has caused. They are delivered: otherwise the history would begin with changes that no delivery
        // reported.
        for (Person person : systems.everyone()) {
            completeChoices(person);
        }
        reconciliation.run();
        log.read(outcomes::read);
        var unused = thread.scheduleWithFixedDelay(this::round, 0, DELIVER_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** The person chooses in Didomi what the contact shows and Didomi does not. */
    private void completeChoices(Person person) throws InterruptedException {
        JsonNode shown = state.of(person);
        for (LiveField field : LiveField.ALL) {
            if (shown.path("didomi").path(field.id()).isNull()) {
                JsonNode value = field.inDidomi(shown.path("dynamics").path(field.column()));
                var unused = new LiveChoice(Place.DIDOMI, person, field, value).make(systems);
                var unusedAnswers = DemoStep.settle(systems, bridge);
            }
        }
    }

    private void round() {
        try {
            pump.deliverAll();
            troubles.expire();
            saySettled();
            state.publishChanges(feed);
            lastFailure = "";
        } catch (RuntimeException e) {
            // An exception would end the rounds; such as when somebody has unregistered the webhooks by hand.
            failed("The demo cannot deliver: " + e.getMessage() + ".");
        }
    }

    /** Once, however many rounds meet it. */
    private void failed(String sentence) {
        if (!sentence.equals(lastFailure)) {
            lastFailure = sentence;
            say(Kind.FAILED, Place.BRIDGE, null, sentence);
        }
    }

    /** Says what cannot be read from a line of the log: that nothing had to be written. */
    private void saySettled() {
        RepeatedDelivery sent = repeated;
        if (sent != null && isSettled(sent.person())) {
            repeated = null;
            feed.publish(sent.result(outcomes));
        }
        for (Person person : List.copyOf(changed.keySet())) {
            boolean written = outcomes.applied(person.key()) > changed.getOrDefault(person, 0L);
            if (written || isSettled(person)) {
                changed.remove(person);
            }
            if (!written && !changed.containsKey(person)) {
                String sentence = "Both sides agree about " + person.firstName() + ": there is nothing to write.";
                say(Kind.DECIDED, Place.BRIDGE, person, sentence);
            }
        }
    }

    /** Whether no delivery about the person waits or is being applied. Others may wait, and must not delay this. */
    private boolean isSettled(Person person) {
        return bridge.operations()
                .explain(person.key())
                .flatMap(Explanation::waiting)
                .map(List::isEmpty)
                .orElse(true);
    }

    @Override
    public ObjectNode state() {
        return onThread(() -> {
            troubles.expire();
            ObjectNode answer = NODES.objectNode();
            state.describe(answer);
            troubles.describe(answer.putArray("troubles"));
            return answer;
        });
    }

    @Override
    public ObjectNode act(String action, JsonNode request) {
        switch (action) {
            case "choose" -> onThread(Executors.callable(() -> choose(request)));
            case "trouble" -> onThread(Executors.callable(() -> trouble(request)));
            case "reconcile" -> reconciliation.start();
            default -> throw new IllegalArgumentException("no such action: use choose, trouble or reconcile");
        }
        return NODES.objectNode();
    }

    /** Runs it between two rounds. */
    private <T> T onThread(Callable<T> task) {
        Future<T> result = thread.submit(task);
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void choose(JsonNode request) {
        LiveChoice choice = LiveChoice.of(request, systems);
        if (choice.side() == Place.DIDOMI) {
            requireDidomi();
        }
        var unused = choice.make(systems);
        feed.publish(choice.event());
        changed.put(choice.person(), outcomes.applied(choice.person().key()));
        if (troubles.isOn(Trouble.WEBHOOK_LOST)) {
            pump.loseAll();
            troubles.set(Trouble.WEBHOOK_LOST, false);
            changed.remove(choice.person());
        }
        state.publishChanges(feed);
    }

    private void requireDidomi() {
        if (troubles.isOn(Trouble.DIDOMI_DOWN)) {
            throw new IllegalArgumentException("Didomi is down: switch it on again, or change something in Dynamics.");
        }
    }

    private void trouble(JsonNode request) {
        Trouble trouble = Trouble.of(request.path("id").asText());
        boolean on = request.path("on").asBoolean(true);
        switch (trouble) {
            case HUNDRED_TIMES ->
                sendHundredTimes(systems.person(request.path("key").asText()));
            case CONTACT_FAILS -> contactFails(on, request);
            case DIDOMI_DOWN -> didomiDown(on);
            case THROTTLED, WEBHOOK_LOST -> troubles.set(trouble, on);
        }
    }

    private void didomiDown(boolean down) {
        troubles.set(Trouble.DIDOMI_DOWN, down);
        if (down) {
            say(Kind.WAITING, Place.DIDOMI, null, "Didomi is down. What staff change in Dynamics waits for it.");
        } else {
            say(
                    Kind.RECOVERED,
                    Place.DIDOMI,
                    null,
                    "Didomi is up again, and an operator resumes it: what waited is sent.");
            bridge.operations().resume(Set.of(RemoteSystem.DIDOMI));
        }
    }

    private void contactFails(boolean fails, JsonNode request) {
        if (fails) {
            Person person = systems.person(request.path("key").asText());
            troubles.fail(person.key());
            String contact = person.firstName() + "’s contact";
            say(Kind.FAILED, Place.DYNAMICS, person, "From now on Dynamics fails whenever " + contact + " is written.");
        } else {
            troubles.repairContacts();
            say(
                    Kind.RECOVERED,
                    Place.DYNAMICS,
                    null,
                    "The contact can be written again; a reconciliation sees to it now.");
            reconciliation.start();
        }
    }

    private void sendHundredTimes(Person person) {
        requireDidomi();
        if (repeated != null) {
            throw new IllegalArgumentException("The hundred deliveries before are still being applied: wait a moment.");
        }
        LiveField field = LiveField.of("newsletter");
        boolean granted = state.of(person).at("/didomi/newsletter").asBoolean(false);
        var request = NODES.objectNode()
                .put("key", person.key())
                .put("side", "didomi")
                .put("field", field.id())
                .put("value", !granted);
        LiveChoice choice = LiveChoice.of(request, systems);
        var deliveries = choice.make(systems);
        feed.publish(choice.event());
        repeated = RepeatedDelivery.send(systems.simulators().didomi(), person, deliveries.get(0), outcomes);
    }

    private void say(Kind kind, Place from, @Nullable Person person, String sentence) {
        feed.publish(new LiveEvent(kind, from, null, person == null ? null : person.key(), sentence));
    }

    @Override
    public AutoCloseable listen(BiConsumer<String, ObjectNode> listener) {
        return feed.listen(listener);
    }

    @Override
    public void close() {
        var unused = thread.shutdownNow();
        reconciliation.close();
    }
}
