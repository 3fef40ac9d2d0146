using System.Collections.Concurrent;
using ChatOps.Console.Chat;
using ChatOps.Console.Http;
using ChatOps.Storage;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Live;

/// <summary>The live connection of a page: <c>/live?chat=slug</c>, or without a conversation for the other pages.</summary>
internal sealed class LiveArea(IStore store, ChatReader chats, LiveSources sources, NoticePages notices, ConsoleOptions options) : IConsoleArea
{
    private const string NotYours = "There is no such conversation of yours.";
    private readonly ConcurrentDictionary<string, int> open = new();

    public void Map(ConsoleRoutes routes) => routes.Socket("/live", ConnectAsync);

    private async Task<IResult> ConnectAsync(ConsoleRequest request)
    {
        var person = request.Who.Principal;
        if (!request.Http.WebSockets.IsWebSocketRequest) return NoticePages.Problem(StatusCodes.Status400BadRequest, "This address is for live connections.");
        ChatAddress? address = null;
        if (request.Query("chat") is { } slug)
        {
            if (!ChatAddress.TryRead(slug, person, out address)) return await notices.NotFoundAsync(request.Http, NotYours);
            var chat = await store.ReadAsync(session => chats.Read(session, address, person), request.Aborted);
            if (chat is null) return await notices.NotFoundAsync(request.Http, NotYours);
        }

        if (open.AddOrUpdate(person.Id, 1, (_, n) => n + 1) > options.MaxSocketsPerPerson)
        {
            open.AddOrUpdate(person.Id, 0, (_, n) => n - 1);
            return NoticePages.Problem(StatusCodes.Status429TooManyRequests, $"You have {options.MaxSocketsPerPerson} live pages open; close some.");
        }

        try
        {
            using var socket = await request.Http.WebSockets.AcceptWebSocketAsync();
            using var sender = new LiveSender(socket, options.SendTimeout);
            await new LiveConnection(sender, request.Who, address, sources).RunAsync(request.Aborted);
            return Results.Empty;
        }
        finally
        {
            open.AddOrUpdate(person.Id, 0, (_, n) => n - 1);
        }
    }
}
