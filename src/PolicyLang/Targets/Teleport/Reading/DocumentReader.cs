using System.Text;
using System.Text.Unicode;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What takes the documents of a file, one after the other.</summary>
internal interface IDocumentSink
{
    /// <summary>A document that was read. It is valid until the call returns.</summary>
    void Accept(Node root);

    /// <summary>Something that could not be read, so that nobody knows what it says.</summary>
    void Unreadable(ReadingProblem problem);
}

/// <summary>Reads the documents of a file, YAML or JSON, whatever its name.</summary>
internal sealed class DocumentReader(TextCache cache)
{
    /// <summary>How deep values may stand inside each other; nothing of Teleport's is half as deep.</summary>
    public const int GreatestDepth = 64;

    public void Read(Artefact artefact, IDocumentSink sink) => Read(artefact, sink, allowsBlockReader: true);

    internal void Read(Artefact artefact, IDocumentSink sink, bool allowsBlockReader)
    {
        var bytes = artefact.Content.Span;
        if (bytes.StartsWith("\ufeff"u8))
        {
            bytes = bytes[3..];
        }

        if (!Utf8.IsValid(bytes))
        {
            sink.Unreadable(new ReadingProblem(ReadingProblemKind.Refused, "the file is not UTF-8", new ArtefactPlace(artefact.Path, 0, 0)));
            return;
        }

        var content = bytes.TrimStart(" \t\r\n"u8);
        var isJson = artefact.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if ((isJson || (content.Length > 0 && content[0] is (byte)'{' or (byte)'[')) && JsonDocuments.Read(artefact.Path, bytes, isJson, sink))
        {
            return;
        }

        var tree = new DocumentTree(artefact.Path);
        if (allowsBlockReader && ArePlain(bytes, tree))
        {
            var reader = new BlockYamlReader(bytes, cache);
            while (!reader.IsAtEnd)
            {
                tree.Clear();
                reader.TryRead(tree);
                YamlDocuments.Deliver(tree, sink);
            }
        }
        else
        {
            YamlDocuments.Read(tree, Encoding.UTF8.GetString(bytes), sink);
        }
    }

    // Nothing is handed over before all of the file is known to be plain: what one parser makes of a document depends on those around it, so that a file has one parser.
    private bool ArePlain(ReadOnlySpan<byte> bytes, DocumentTree tree)
    {
        var reader = new BlockYamlReader(bytes, cache);
        while (!reader.IsAtEnd)
        {
            tree.Clear();
            if (!reader.TryRead(tree))
            {
                return false;
            }
        }

        return true;
    }
}
