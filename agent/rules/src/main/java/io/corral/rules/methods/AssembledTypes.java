package io.corral.rules.methods;

/**
 * The types of asynchronous work that runs only after a subscription, such as reactive publishers.
 * A method that returns one only assembles the work. (A {@code CompletionStage} is not such a type,
 * since its work is handed over from its submitter.)
 */
final class AssembledTypes {

    private AssembledTypes() {}

    static boolean contain(String type) {
        return switch (type) {
            case "org.reactivestreams.Publisher",
                    "java.util.concurrent.Flow$Publisher",
                    "reactor.core.publisher.Mono",
                    "reactor.core.publisher.Flux",
                    "io.reactivex.rxjava3.core.Completable",
                    "io.reactivex.rxjava3.core.Flowable",
                    "io.reactivex.rxjava3.core.Maybe",
                    "io.reactivex.rxjava3.core.Observable",
                    "io.reactivex.rxjava3.core.Single",
                    "io.smallrye.mutiny.Multi",
                    "io.smallrye.mutiny.Uni",
                    "kotlinx.coroutines.flow.Flow" -> true;
            default -> false;
        };
    }
}
