package io.github.consentbridge.functions.dynamics;

import io.github.consentbridge.functions.http.WebhookHandlerContract;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.List;

class DynamicsWebhookHandlerTest extends WebhookHandlerContract {
    DynamicsWebhookHandlerTest() {
        super(
                DynamicsWebhookHandler::new,
                DynamicsWebhookHandler::priming,
                BridgeUrl.DYNAMICS_PATH,
                DynamicsWebhookHandler.SAMPLES,
                List.of(202));
    }
}
