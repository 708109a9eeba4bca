package io.github.consentbridge.functions.didomi;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.functions.http.DeployedWebhookContract;
import io.github.consentbridge.functions.http.Priming;
import java.util.List;

class DeployedHandlerTest extends DeployedWebhookContract {
    @Override
    protected RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler(WebhookDeployment parts) {
        return new DidomiWebhookHandler(parts);
    }

    @Override
    protected Priming rehearsal(WebhookDeployment parts) {
        return DidomiWebhookHandler.rehearsal(parts);
    }

    @Override
    protected String path() {
        return DidomiWebhookHandler.PATH;
    }

    @Override
    protected String body() {
        return DidomiWebhookHandler.SAMPLES.get(DidomiWebhookHandler.SAMPLES.size() - 1);
    }

    @Override
    protected List<Integer> rehearsed() {
        return List.of(200, 202);
    }
}
