using ChatOps.Console.Http;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Files;

/// <summary>Downloads of whole outputs: for whoever asked for the command, and for those who may read the record.</summary>
internal sealed class FilesArea(IStore store, IOutputFiles files, NoticePages notices, Permits permits) : IConsoleArea
{
    private const int MaxNameLength = 80;
    private const string Gone = "There is no such file. Outputs are kept for a limited time; the record still says what ran.";

    public void Map(ConsoleRoutes routes) => routes.Get("/files/{id}", DownloadAsync);

    private async Task<IResult> DownloadAsync(ConsoleRequest request)
    {
        // A file is named by its invocation; a command on several nodes adds the node after a dot.
        var id = request.Route("id");
        var invocation = await store.ReadAsync(s => s.Invocations.Find(id.Split('.', 2)[0]), request.Aborted);
        if (invocation is null) return await notices.NotFoundAsync(request.Http, Gone);
        var person = request.Who.Principal;
        if (invocation.Principal != person.Id && permits.WhyNot(person, "audit_show") is { } reason) return await notices.NotAllowedAsync(request.Http, reason);
        if (!invocation.Targets.Any(node => id == $"{invocation.Id}.{node}") && id != invocation.Id) return await notices.NotFoundAsync(request.Http, Gone);
        return files.Open(id) is { } content
            ? Results.Stream(content, "text/plain; charset=utf-8", NameOf(request.Query("name"), id))
            : await notices.NotFoundAsync(request.Http, Gone);
    }

    private static string NameOf(string? asked, string id)
    {
        var name = new string((asked ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').ToArray()).Trim('.');
        return name.Length is > 0 and <= MaxNameLength ? name : $"output-{id}.txt";
    }
}
