using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Messages;

/// <summary>Registers message handlers without knowing which bus carries the messages.</summary>
public static class MessagesRegistration
{
    /// <summary>
    /// Has <typeparamref name="THandler"/>, one instance for the process, handle every <typeparamref name="TMessage"/>. Several handlers may listen to
    /// the same message; each is called, and one that fails does not disturb the others.
    /// </summary>
    /// <typeparam name="TMessage">The message.</typeparam>
    /// <typeparam name="THandler">Its handler. It should return soon: what takes longer than some store accesses belongs into a worker of its own.</typeparam>
    public static IServiceCollection AddMessageHandler<TMessage, THandler>(this IServiceCollection services)
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        services.TryAddSingleton<THandler>();
        services.AddSingleton<IMessageHandler<TMessage>>(provider => provider.GetRequiredService<THandler>());
        services.AddSingleton(new MessageHandlerRegistration(typeof(TMessage)));
        return services;
    }
}
