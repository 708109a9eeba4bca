@NullMarked
package io.github.consentbridge.demo;

import org.jspecify.annotations.NullMarked;
