package io.corral.integration.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP codec with a handler on the event loop, on another executor, or on both. */
public final class NettyProgram {

    @SuppressWarnings("deprecation") // the same in 4.1
    private static final NioEventLoopGroup LOOP = new NioEventLoopGroup(1);

    private NettyProgram() {}

    public static int start(String kind, UnaryOperator<@Nullable String> work)
            throws InterruptedException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(LOOP)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Pipeline(kind, work));
        return ((InetSocketAddress) bootstrap
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .sync()
                        .channel()
                        .localAddress())
                .getPort();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final String kind;
        private final UnaryOperator<@Nullable String> work;
        private final DefaultEventExecutorGroup group = new DefaultEventExecutorGroup(1);
        private final Executor pool = Executors.newFixedThreadPool(1);

        Pipeline(String kind, UnaryOperator<@Nullable String> work) {
            this.kind = kind;
            this.work = work;
        }

        @Override
        @SuppressWarnings("deprecation") // the same in 4.1
        protected void initChannel(SocketChannel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HttpServerCodec());
            switch (kind) {
                case "streaming" -> pipeline.addLast(new Handler(work, Runnable::run));
                case "aggregated" -> {
                    pipeline.addLast(new HttpObjectAggregator(1024));
                    pipeline.addLast(new Handler(work, Runnable::run));
                }
                case "group" -> {
                    Packet packet = new Packet();
                    pipeline.addLast(packet);
                    pipeline.addLast(group, packet.waiter(), new Handler(work, Runnable::run));
                }
                default -> pipeline.addLast(new Handler(work, pool));
            }
        }
    }

    /**
     * Has the other executor wait after the head of a request until the event loop has read all
     * requests of a packet.
     */
    private static final class Packet extends ChannelInboundHandlerAdapter {

        private volatile CountDownLatch read = new CountDownLatch(1);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest && read.getCount() == 0) {
                read = new CountDownLatch(1);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            read.countDown();
            context.fireChannelReadComplete();
        }

        ChannelInboundHandlerAdapter waiter() {
            return new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message)
                        throws InterruptedException {
                    context.fireChannelRead(message);
                    read.await();
                }
            };
        }
    }

    /** Works and answers at the end of a request. */
    private static final class Handler extends SimpleChannelInboundHandler<HttpObject> {

        private final UnaryOperator<@Nullable String> work;
        private final Executor executor;
        private @Nullable String tenant;
        private boolean keepAlive;

        Handler(UnaryOperator<@Nullable String> work, Executor executor) {
            this.work = work;
            this.executor = executor;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpRequest head) {
                tenant = head.headers().get("X-Tenant");
                keepAlive = HttpUtil.isKeepAlive(head);
            }
            if (message instanceof LastHttpContent) {
                String answered = tenant;
                boolean keep = keepAlive;
                executor.execute(() -> {
                    try {
                        send(context, work.apply(answered) + "\n", keep);
                    } catch (IllegalStateException thrown) {
                        if (context.executor().inEventLoop()) {
                            throw thrown;
                        }
                        context.fireExceptionCaught(thrown);
                        send(context, "failed", keep);
                    }
                });
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            send(context, "failed", true);
        }

        private static void send(ChannelHandlerContext context, String body, boolean keep) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.writeAndFlush(response)
                    .addListener(keep ? future -> {} : ChannelFutureListener.CLOSE);
        }
    }
}
