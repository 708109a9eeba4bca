/** The demo: a bridge of its own between simulated systems, and what happens when sample deliveries arrive. */
@NullMarked
package io.github.consentbridge.standalone.demo;

import org.jspecify.annotations.NullMarked;
