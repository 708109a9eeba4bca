package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.standalone.cli.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Credentials that need not be asked for. A secret on a command line could be read by others on the machine, so none is. */
final class CredentialOptions {
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_BYTES = 1 << 16;

    @Option(names = "--organization", paramLabel = "ID", description = "Didomi organization (DIDOMI_ORGANIZATION_ID)")
    private @Nullable String organization;

    @Option(names = "--didomi-key", paramLabel = "ID", description = "id of a private API key (DIDOMI_API_KEY)")
    private @Nullable String didomiKey;

    @Option(
            names = "--didomi-secret-file",
            paramLabel = "FILE",
            description =
                    "file with the secret of that key, - for standard input (or the secret itself in DIDOMI_API_SECRET)")
    private @Nullable String didomiSecret;

    @Option(
            names = "--instance",
            paramLabel = "URL",
            description = "the environment's address, such as https://acme.crm4.dynamics.com (DATAVERSE_INSTANCE)")
    private @Nullable String instance;

    @Option(names = "--tenant", paramLabel = "ID", description = "directory (tenant) id (ENTRA_TENANT_ID)")
    private @Nullable String tenant;

    @Option(names = "--client-id", paramLabel = "ID", description = "application (client) id (ENTRA_CLIENT_ID)")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description =
                    "file with the client secret, - for standard input (or the secret itself in ENTRA_CLIENT_SECRET)")
    private @Nullable String clientSecret;

    /** One credential: how people call it, the option, the variable, and whether it is hidden while it is typed. */
    enum Field {
        ORGANIZATION("Didomi organization id", "--organization", "DIDOMI_ORGANIZATION_ID", false),
        DIDOMI_KEY("Id of a private API key", "--didomi-key", "DIDOMI_API_KEY", false),
        DIDOMI_SECRET("Its secret (not shown)", "--didomi-secret-file", "DIDOMI_API_SECRET", true),
        INSTANCE(
                "Address of the environment, such as https://acme.crm4.dynamics.com",
                "--instance",
                "DATAVERSE_INSTANCE",
                false),
        TENANT("Directory (tenant) id", "--tenant", "ENTRA_TENANT_ID", false),
        CLIENT_ID("Application (client) id", "--client-id", "ENTRA_CLIENT_ID", false),
        CLIENT_SECRET("Client secret, its value (not shown)", "--client-secret-file", "ENTRA_CLIENT_SECRET", true);

        private final String words;
        private final String option;
        private final String variable;
        private final boolean hidden;

        Field(String words, String option, String variable, boolean hidden) {
            this.words = words;
            this.option = option;
            this.variable = variable;
            this.hidden = hidden;
        }

        String words() {
            return words;
        }

        boolean isHidden() {
            return hidden;
        }

        /** Where it can come from. */
        String source() {
            return option + " or " + variable;
        }
    }

    /**
     * The value that was given, by option before environment; empty if it was not.
     *
     * @throws UsageException if a file cannot be read
     */
    Optional<String> given(Field field, Map<String, String> environment) {
        @Nullable
        String option = switch (field) {
            case ORGANIZATION -> organization;
            case DIDOMI_KEY -> didomiKey;
            case DIDOMI_SECRET -> content(field, didomiSecret);
            case INSTANCE -> instance;
            case TENANT -> tenant;
            case CLIENT_ID -> clientId;
            case CLIENT_SECRET -> content(field, clientSecret);
        };
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(environment.get(field.variable)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Throws a {@link UsageException} if both secrets are to come from standard input. */
    void check() {
        if (STANDARD_INPUT.equals(didomiSecret) && STANDARD_INPUT.equals(clientSecret)) {
            throw new UsageException(
                    "only one secret can come from standard input: put the other one into a file, or into "
                            + Field.CLIENT_SECRET.variable);
        }
    }

    private static @Nullable String content(Field field, @Nullable String file) {
        if (file == null) {
            return null;
        }
        try {
            String content = file.equals(STANDARD_INPUT) ? firstLine() : text(Path.of(file));
            if (content.isBlank()) {
                throw new UsageException(field.option + " " + file + " is empty: write the secret into it");
            }
            return content;
        } catch (IOException e) {
            throw new UsageException(
                    "the file of " + field.option + ", " + file + ", cannot be read: check its name, owner and mode",
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("too large");
        }
        return Files.readString(file);
    }

    private static String firstLine() throws IOException {
        @Nullable
        String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return line == null ? "" : line;
    }
}
