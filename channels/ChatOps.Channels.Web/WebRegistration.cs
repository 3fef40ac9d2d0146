using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Channels.Web;

/// <summary>The web console as a channel.</summary>
public static class WebRegistration
{
    /// <summary>Adds the channel <c>web</c> and <see cref="IWebChat"/>, through which the console and the HTTP API speak with it.</summary>
    public static IServiceCollection AddWebChannel(this IServiceCollection services, WebOptions options)
    {
        options.Check();
        services.AddSingleton(options);
        services.AddSingleton<WebReaders>();
        services.AddSingleton<ProgressPace>();
        // The bus knows who handles its messages before anybody needs it.
        services.AddSingleton(provider => new Lazy<IMessageBus>(provider.GetRequiredService<IMessageBus>));
        services.AddMessageHandler<WebChatChanged, WebNews>();
        services.AddChannel<WebChannel>(WebChannel.ChannelName);
        services.AddSingleton<IWebChat>(provider => provider.GetRequiredService<WebChannel>());
        services.AddSingleton<IInboundObserver>(provider => provider.GetRequiredService<WebChannel>());
        return services;
    }
}
