package io.corral.integration.servers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

import java.util.function.Consumer;

/**
 * Ends or goes on with an asynchronous request when its time is over. The servers find that within
 * a second.
 */
record OnTimeout(Consumer<AsyncContext> action) implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) {
        action.accept(event.getAsyncContext());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // The answer is sent.
    }

    @Override
    public void onError(AsyncEvent event) {
        // The client sees that there is no answer.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Not started again.
    }
}
