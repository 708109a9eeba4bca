package io.github.consentbridge.deployment.alarm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that makes these alarms of the template ring, and not ring where all is well. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Exercises {
    /** Logical names of alarms. */
    String[] value();
}
