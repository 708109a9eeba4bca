/** Answers to CloudFormation's custom resource requests. */
@NullMarked
package io.github.consentbridge.aws.cloudformation;

import org.jspecify.annotations.NullMarked;
