import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;

/** An actor that runs what it is sent. */
public final class Service {

    public static void main(String[] arguments) throws Exception {
        ActorRef actor = ActorSystem.create("service").actorOf(Props.create(Runner.class));
        Items.runOn(item -> actor.tell(item, ActorRef.noSender()));
    }

    /** Runs its messages one after the other. */
    public static final class Runner extends AbstractActor {

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Runnable.class, Runnable::run).build();
        }
    }
}
