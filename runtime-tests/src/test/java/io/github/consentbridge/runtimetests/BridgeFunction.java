package io.github.consentbridge.runtimetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The functions of the stack, with their handlers as the template names them. */
public enum BridgeFunction {
    DIDOMI_WEBHOOK("didomi-webhook", "io.github.consentbridge.didomiwebhook.DidomiWebhookHandler"),
    DYNAMICS_WEBHOOK("dynamics-webhook", "io.github.consentbridge.dynamicswebhook.DynamicsWebhookHandler"),
    SYNC("sync", "io.github.consentbridge.syncfunction.SyncHandler"),
    RECONCILIATION("reconciliation", "io.github.consentbridge.reconciliationfunction.ReconciliationHandler"),
    REGISTRATION("registration", "io.github.consentbridge.registrationfunction.RegistrationHandler");

    private static final Map<BridgeFunction, FunctionJar> UNPACKED = new ConcurrentHashMap<>();

    private final String module;
    private final String handler;

    BridgeFunction(String module, String handler) {
        this.module = module;
        this.handler = handler;
    }

    /** The function's jar, as the build has left it. */
    public Path jar(Path root) {
        return root.resolve("functions").resolve(module).resolve("target/function.jar");
    }

    /**
     * The function, unpacked once per process.
     *
     * @param root of the project
     */
    public FunctionJar unpacked(Path root) {
        return UNPACKED.computeIfAbsent(this, any -> {
            Path folder = root.resolve("runtime-tests/target/functions").resolve(module);
            delete(folder);
            return FunctionJar.unpack(jar(root), folder.toAbsolutePath().normalize(), handler);
        });
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
