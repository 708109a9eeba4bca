package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.standalone.store.OwnerOnly;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How other commands reach the running process: its loopback port and a key, in a file of the data folder that only its
 * owner can read.
 */
public record ControlFile(int port, Secret key) {
    /** The header that carries the key. */
    public static final String HEADER = "x-consent-bridge-control";

    private static final String NAME = "control.json";
    private static final int KEY_BYTES = 32;
    private static final JsonMapper MAPPER = new JsonMapper();

    static Secret newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    /** Replaces the file in one step: a reader sees the previous file or this one. */
    void write(Path folder) {
        String json = MAPPER.createObjectNode()
                .put("port", port)
                .put("key", key.value())
                .toString();
        try {
            // Always the same name: a process that is killed here again and again leaves one file.
            Path draft = folder.resolve(NAME + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, OwnerOnly.newFileIn(folder));
            Files.writeString(draft, json);
            Files.move(
                    draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException(
                    "the control file in " + folder + " cannot be written: check the folder's owner and the disk", e);
        }
    }

    /** The file of the running process; empty if there is none. */
    public static Optional<ControlFile> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            return Optional.of(new ControlFile(
                    json.required("port").intValue(),
                    Secret.of(json.required("key").textValue())));
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageException("the control file " + file + " cannot be read: check its owner and mode", e);
        }
    }

    static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException e) {
            throw new StorageException(
                    "the control file in " + folder + " cannot be removed: check the folder's owner", e);
        }
    }
}
