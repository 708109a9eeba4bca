package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.cli.init.CredentialOptions.Field;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Credentials as they were given, or asked for. After a login that failed they are asked for again, on a terminal. */
final class CredentialSource {
    private final Map<Field, String> given = new EnumMap<>(Field.class);
    private final Optional<Questions> questions;
    private final PrintWriter out;

    /** @param questions empty if nothing can be asked */
    CredentialSource(
            CredentialOptions options,
            Map<String, String> environment,
            Optional<Questions> questions,
            PrintWriter out) {
        options.check();
        for (Field field : Field.values()) {
            options.given(field, environment).ifPresent(value -> given.put(field, value));
        }
        this.questions = questions;
        this.out = out;
    }

    /** Throws a {@link UsageException} that names everything that is missing and cannot be asked for. */
    void check() {
        List<String> missing = questions.isPresent()
                ? List.of()
                : Stream.of(Field.values())
                        .filter(field -> !given.containsKey(field))
                        .map(Field::source)
                        .toList();
        if (!missing.isEmpty()) {
            throw new UsageException("init needs these without a terminal: " + String.join(", ", missing));
        }
    }

    /**
     * Logs in with these credentials, and asks again until it succeeds.
     *
     * @param system for people
     * @throws BridgeException if it fails and nothing can be asked
     */
    <T> T login(String system, List<Field> fields, Function<Map<Field, String>, T> login) {
        fields.forEach(field -> given.computeIfAbsent(field, this::asked));
        while (true) {
            try {
                T result = login.apply(given);
                out.println("Logged in to " + system + ".");
                return result;
            } catch (BridgeException e) {
                again(system, fields, e);
            } catch (IllegalArgumentException e) {
                // One sentence that names the setting, before anything was sent.
                again(system, fields, new UsageException(String.valueOf(e.getMessage()), e));
            }
        }
    }

    private void again(String system, List<Field> fields, BridgeException failure) {
        Questions asked = questions.orElseThrow(() -> failure);
        out.println("The login to " + system + " failed: " + VisibleText.ofLines(failure.sentence()));
        out.println("Please check what you entered; Enter keeps what is in brackets.");
        out.flush();
        for (Field field : fields) {
            given.put(
                    field,
                    field.isHidden()
                            ? asked(field)
                            : asked.askFor(field.words(), Optional.of(given.getOrDefault(field, ""))));
        }
    }

    private String asked(Field field) {
        out.flush();
        Questions asked = questions.orElseThrow();
        if (!field.isHidden()) {
            return asked.askFor(field.words(), Optional.empty());
        }
        String secret = "";
        while (secret.isEmpty()) {
            secret = asked.askHidden(field.words() + ": ");
        }
        return secret;
    }
}
