using System.Text;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Wire;

/// <summary>
/// Puts streamed pieces of calls together. By the protocol an index says which call a piece belongs to; some services send every call with index 0 and tell them apart
/// by their ids alone, and some send no ids.
/// </summary>
internal sealed class OpenAiCallPieces
{
    private readonly List<Piece> pieces = [];
    private int bytes;

    /// <summary>Whether there is any.</summary>
    public bool Any => pieces.Count > 0;

    /// <summary>Takes a piece.</summary>
    /// <exception cref="EndpointException">It is more than anybody can mean.</exception>
    public void Add(int index, string? id, string? name, string arguments)
    {
        var piece = pieces.LastOrDefault(p => p.Index == index);
        if (piece is null || id is { Length: > 0 } && piece.Id is { Length: > 0 } && piece.Id != id) pieces.Add(piece = new Piece(index));
        if (id is { Length: > 0 }) piece.Id = id;
        if (name is { Length: > 0 }) piece.Name ??= name;
        piece.Arguments.Append(arguments);
        bytes += arguments.Length;
        if (bytes > ToolCallText.MaxArguments)
            throw new EndpointException(ModelFailure.Malformed, $"The model wanted to call '{piece.Name}' with more than {ToolCallText.MaxArguments / 1024} KiB of arguments. Ask for less at once.");
    }

    /// <summary>The calls.</summary>
    /// <param name="answer">The answer's id: what gets no id from the service gets one from it.</param>
    public IEnumerable<AIContent> Finish(string answer) =>
        pieces.Select((p, i) => ToolCallText.Parse(p.Id is { Length: > 0 } id ? id : $"{answer}-{i}", p.Name, p.Arguments.ToString()));

    private sealed class Piece(int index)
    {
        public int Index { get; } = index;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
