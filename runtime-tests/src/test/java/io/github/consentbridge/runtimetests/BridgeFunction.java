package io.github.consentbridge.runtimetests;

import java.nio.file.Path;

/** The functions of the stack, with the template's handlers. */
public enum BridgeFunction {
    DIDOMI_WEBHOOK("didomi-webhook", "io.github.consentbridge.functions.didomi.DidomiWebhookHandler"),
    DYNAMICS_WEBHOOK("dynamics-webhook", "io.github.consentbridge.functions.dynamics.DynamicsWebhookHandler"),
    SYNC("sync", "io.github.consentbridge.functions.worker.SyncHandler"),
    RECONCILIATION("reconciliation", "io.github.consentbridge.functions.reconciliation.ReconciliationHandler"),
    REGISTRATION("registration", "io.github.consentbridge.functions.registration.RegistrationHandler");

    private final String module;
    private final String handler;

    BridgeFunction(String module, String handler) {
        this.module = module;
        this.handler = handler;
    }

    /** The function's jar from the build. */
    public Path jar(Path root) {
        return root.resolve("functions").resolve(module).resolve("target/function.jar");
    }

    /**
     * The function in its jar.
     *
     * @param root of the project
     */
    public FunctionJar packed(Path root) {
        Path folder = root.resolve("runtime-tests/target/functions").resolve(module);
        return FunctionJar.inLib(jar(root), folder.toAbsolutePath().normalize(), handler);
    }

    /**
     * The function unpacked as on Lambda.
     *
     * @param root of the project
     * @param folder an empty one
     */
    public FunctionJar unpacked(Path root, Path folder) {
        return FunctionJar.unpack(jar(root), folder.resolve(module), handler);
    }
}
