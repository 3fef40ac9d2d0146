using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Chat;

/// <summary>Conversations: the page, sending, earlier messages, renaming, stopping, completion.</summary>
internal sealed class ChatArea(
    IStore store, ChatReader chats, ChatPosting posting, ShellReader shells, ConsoleRenderer renderer, NoticePages notices,
    ICommandCompletion completion, IToolInvoker invoker, IRedactor redactor) : IConsoleArea
{
    private const int MaxTitleLength = 100;
    private const int MaxCompletedText = 4096;
    private const string NotYours = "There is no such conversation of yours.";

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/", NewestAsync);
        routes.Get("/chat/new", request => Task.FromResult(Results.Redirect("/chat/" + ChatAddress.New(request.Who.Principal).Slug)));
        routes.Get("/chat/{slug}", PageAsync);
        routes.Get("/chat/{slug}/earlier", EarlierAsync);
        routes.Post("/chat/{slug}/messages", PostAsync);
        routes.Post("/chat/{slug}/title", RenameAsync);
        routes.Post("/chat/{slug}/stop", StopAsync);
        routes.Get("/complete", CompleteAsync);
    }

    private async Task<IResult> NewestAsync(ConsoleRequest request)
    {
        var newest = await store.ReadAsync(session => chats.List(session, request.Who.Principal), request.Aborted);
        return Results.Redirect("/chat/" + (newest is [var first, ..] ? first.Slug : ChatAddress.New(request.Who.Principal).Slug));
    }

    private async Task<IResult> PageAsync(ConsoleRequest request)
    {
        var person = request.Who.Principal;
        if (!ChatAddress.TryRead(request.Route("slug"), person, out var address)) return await notices.NotFoundAsync(request.Http, NotYours);
        var chat = await store.ReadAsync(session => chats.Read(session, address, person), request.Aborted);
        if (chat is null) return await notices.NotFoundAsync(request.Http, NotYours);
        var (shell, panes) = await shells.ReadAsync(request, Section.Chat, chat.Title, address.Slug);
        return Results.Content(
            await renderer.RenderAsync<ChatPage>(new() { [nameof(ChatPage.Shell)] = shell, [nameof(ChatPage.Chat)] = chat, [nameof(ChatPage.Panes)] = panes }),
            ConsoleRenderer.Html);
    }

    private async Task<IResult> EarlierAsync(ConsoleRequest request)
    {
        if (!ChatAddress.TryRead(request.Route("slug"), request.Who.Principal, out var address) || request.Query("before") is not { } before)
            return await notices.NotFoundAsync(request.Http, NotYours);
        var chat = await store.ReadAsync(session => chats.Earlier(session, address, request.Who.Principal, before), request.Aborted);
        return chat is null
            ? await notices.NotFoundAsync(request.Http, NotYours)
            : Results.Content(await renderer.RenderAsync<ChatEntries>(new() { [nameof(ChatEntries.Chat)] = chat }), ConsoleRenderer.Html);
    }

    private async Task<IResult> PostAsync(ConsoleRequest request)
    {
        if (!ChatAddress.TryRead(request.Route("slug"), request.Who.Principal, out var address)) return await notices.NotFoundAsync(request.Http, NotYours);
        if (await request.ReadJsonAsync<ChatPost>() is not { } post)
            return Results.Json(new ChatPostAnswer(false, null, "The message was not understood or is too long; nothing was sent."), Json.Options, statusCode: StatusCodes.Status400BadRequest);
        var answer = await posting.PostAsync(request.Who, address, post, request.Aborted);
        return answer is null ? await notices.NotFoundAsync(request.Http, NotYours) : Results.Json(answer, Json.Options);
    }

    private async Task<IResult> RenameAsync(ConsoleRequest request)
    {
        if (await OwnAsync(request) is not { } address) return await notices.NotFoundAsync(request.Http, NotYours);
        var title = (await request.ReadJsonAsync<RenamePost>())?.Title?.Trim();
        if (title is not { Length: > 0 and <= MaxTitleLength }) return NoticePages.Problem(StatusCodes.Status400BadRequest, $"A title has 1 to {MaxTitleLength} characters.");
        var clean = redactor.Neutralise(redactor.Redact(title)).ReplaceLineEndings(" ");
        await store.WriteAsync(session => { session.Conversations.Rename(address.Key.Id, clean); return true; }, request.Aborted);
        return Results.Json(new ActionAnswer(true, "Renamed."), Json.Options);
    }

    private async Task<IResult> StopAsync(ConsoleRequest request)
    {
        if (await OwnAsync(request) is not { } address) return await notices.NotFoundAsync(request.Http, NotYours);
        var stopped = await invoker.StopAsync(address.Key.Id, request.Who.Principal.Id, request.Aborted);
        return Results.Json(new ActionAnswer(true, stopped.Count == 0 ? "Nothing was running any more." : $"Stopping: {string.Join("; ", stopped)}"), Json.Options);
    }

    private Task<IResult> CompleteAsync(ConsoleRequest request)
    {
        var text = request.Http.Request.Query["text"].ToString();
        var cursor = int.TryParse(request.Query("cursor"), out var c) && c >= 0 && c <= text.Length ? c : text.Length;
        var items = text.Length <= MaxCompletedText ? completion.Complete(text, cursor, request.Who.Principal) : [];
        return Task.FromResult(Results.Json(items, Json.Options));
    }

    private async Task<ChatAddress?> OwnAsync(ConsoleRequest request)
    {
        if (!ChatAddress.TryRead(request.Route("slug"), request.Who.Principal, out var address)) return null;
        var conversation = await store.ReadAsync(session => session.Conversations.Find(address.Key.Id), request.Aborted);
        return conversation is not null && conversation.Owner == request.Who.Principal.Id ? address : null;
    }
}
